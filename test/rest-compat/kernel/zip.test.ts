import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { writeZip } from '../../../rest-compat/kernel/zip.ts';
import { readZip } from '../../support/read-zip.ts';

const changed = { year: 2026, month: 6, day: 3, hour: 10, minute: 30, second: 59 };

async function* inChunks(...chunks: (string | Uint8Array)[]) {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

const entry = (name: string, ...chunks: (string | Uint8Array)[]) => ({ name, changed, bytes: inChunks(...chunks) });

async function collect(...zip: Parameters<typeof writeZip>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeZip(...zip)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe('writeZip', () => {
  it('holds files of any number of chunks, also of none, with true sizes and checksums', async () => {
    const long = randomBytes(300_000).toString('hex');

    const archive = await collect([entry('a.csv', 'one,', 'two\r\n'), entry('ä.csv'), entry('c.csv', long, long)]);

    expect(readZip(archive)).toEqual(
      new Map([
        ['a.csv', 'one,two\r\n'],
        ['ä.csv', ''],
        ['c.csv', long + long],
      ]),
    );
    expect(archive.length).toBeLessThan(900_000);
  });

  it('says when its files were changed, in even seconds', async () => {
    const archive = await collect([entry('a.csv', 'x')]);

    expect(archive.readUInt16LE(10)).toBe((10 << 11) | (30 << 5) | 29);
    expect(archive.readUInt16LE(12)).toBe((46 << 9) | (6 << 5) | 3);
  });

  it.each([1, 40, 60])('is ZIP64 where a number is %i or more, were that the largest', async (largest) => {
    const archive = await collect([entry('a.csv', 'short'), entry('b.csv', 'long '.repeat(100))], largest);

    expect(readZip(archive)).toEqual(
      new Map([
        ['a.csv', 'short'],
        ['b.csv', 'long '.repeat(100)],
      ]),
    );
    expect(archive.includes(Buffer.from('504b0606', 'hex'))).toBe(true);
  });

  it('fails as its source does', async () => {
    async function* broken() {
      yield Buffer.from('x');
      throw new Error('the source is gone');
    }

    await expect(collect([{ name: 'a.csv', changed, bytes: broken() }])).rejects.toThrow('the source is gone');
  });

  it('lets go of its source when nobody reads on', async () => {
    let isOver = false;
    async function* endless() {
      try {
        for (;;) yield randomBytes(100_000);
      } finally {
        isOver = true;
      }
    }

    for await (const _chunk of writeZip([{ name: 'a.csv', changed, bytes: endless() }])) break;

    await expect.poll(() => isOver).toBe(true);
  });
});
