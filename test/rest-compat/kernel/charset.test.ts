import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../rest-compat/kernel/charset.ts';

const noPause = () => undefined;
const latin1 = (text: string) => Buffer.from(text, 'latin1');

describe('decodeText', () => {
  it('of charset utf-8 refuses anything else', async () => {
    expect(await decodeText(Buffer.from('\ufeffé\0'), 'utf-8', noPause)).toBe('\ufeffé\0');
    await expect(decodeText(latin1('é'), 'utf-8', noPause)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it.each([
    ['café €\n', Buffer.concat([Buffer.from('café €\n'), latin1('caf\xe9 \x80')]), 'café €\ncafé €'],
    ['every byte', Buffer.from([0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xff]), '\x81\x8d\x8f\x90\x9dÿ'],
    ['half a character', Buffer.from([0x61, 0xc3]), 'aÃ'],
    ['an encoded surrogate', Buffer.from([0xed, 0xa0, 0x80]), 'í\xa0€'],
  ])('of any charset reads %s', async (_what, bytes, text) => {
    expect(await decodeText(bytes, 'any', noPause)).toBe(text);
  });

  it('of any charset reads each line by itself, wherever lines end', async () => {
    const windows1252 = new TextDecoder('windows-1252');
    const line = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((text) => Buffer.from(text.replaceAll('\n', ''))),
      fc.uint8Array({ maxLength: 6000 }).map((array) => Buffer.from(array.filter((byte) => byte !== 0x0a))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const bytes = Buffer.concat(lines.flatMap((one) => [one, Buffer.from('\n')]));
        const expected = lines.map((one) => {
          try {
            return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(one);
          } catch {
            return windows1252.decode(one);
          }
        });
        expect(await decodeText(bytes, 'any', noPause)).toBe(expected.map((one) => `${one}\n`).join(''));
      }),
    );
  });

  it('lets other work have its turn on many lines', async () => {
    let turns = 0;
    const text = await decodeText(latin1('\xff\n'.repeat(100_000)), 'any', async () => {
      turns++;
    });
    expect(text).toBe('ÿ\n'.repeat(100_000));
    expect(turns).toBeGreaterThan(20);
  });
});
