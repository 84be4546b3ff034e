import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMessage, SyslogFraming } from '../../../server/syslog/framing.ts';

const counted = (text: string) => `${Buffer.byteLength(text)} ${text}`;

/** What comes out when the bytes come in pieces of these lengths, over and over. */
function read(bytes: Uint8Array, lengths: readonly number[], longest?: number) {
  const framing = new SyslogFraming(longest);
  const messages: string[] = [];
  for (let at = 0, piece = 0; at < bytes.length; piece++) {
    const length = lengths[piece % lengths.length] ?? 1;
    messages.push(...framing.push(bytes.subarray(at, at + length)));
    at += length;
  }
  messages.push(...framing.end());
  return { messages, cut: framing.cut };
}

const pieces = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 60 }));
/** A message as a sender writes it: behind its priority, without what ends a line. */
const message = text.map((body) => `<13>${body.toWellFormed().replace(/[\n\r\0]/g, '')}.`);

describe('the framing of a stream', () => {
  it('gives back counted messages, in whatever pieces they come', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), pieces, (messages, lengths) => {
        expect(read(Buffer.from(messages.map(counted).join('')), lengths)).toEqual({ messages, cut: 0 });
      }),
    );
  });

  it('gives back counted messages that hold line feeds, and counted ones without a priority behind the first', () => {
    const messages = ['<13>two\nlines', 'plain\nwords', '9 <14>'];
    for (const length of [1, 2, 3, 1000]) {
      expect(read(Buffer.from(messages.map(counted).join('')), [length]).messages).toEqual(messages);
    }
  });

  it.each(['\n', '\r\n', '\0', '\n\n'])('gives back messages that %j ends, in whatever pieces they come', (end) => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), pieces, (messages, lengths) => {
        expect(read(Buffer.from(messages.join(end)), lengths)).toEqual({ messages, cut: 0 });
      }),
    );
  });

  it('takes lines that begin with a number for lines', () => {
    const lines = ['2026-11-21 sshd: no', '12 apples', '7', '99999999999 <13>x', '0 <13>x', '5'];
    for (const length of [1, 2, 3, 1000]) {
      expect(read(Buffer.from(lines.join('\n')), [length]).messages).toEqual(lines);
    }
  });

  it('answers any bytes at all with the same messages, whatever the pieces', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .array(fc.constantFrom('<', '13>', '1', '12 ', '3 <', '\n', '\0', ' ', 'abc', '999999999 ', '\xff'), {
          maxLength: 60,
        })
        .map((parts) => Buffer.from(parts.join(''), 'latin1')),
    );
    fc.assert(
      fc.property(bytes, pieces, fc.integer({ min: 16, max: 64 }), (sent, lengths, longest) => {
        const whole = read(sent, [1_000_000], longest);
        expect(read(sent, lengths, longest)).toEqual(whole);
        for (const each of whole.messages) expect(Buffer.byteLength(each)).toBeLessThanOrEqual(3 * longest);
      }),
      { numRuns: 500 },
    );
  });

  it('cuts what is too long, counts it, and goes on with the next', () => {
    const long = `<13>${'x'.repeat(100)}`;
    for (const length of [1, 7, 1000]) {
      const lines = read(Buffer.from([long, '<13>next', long].join('\n')), [length], 50);
      expect(lines).toEqual({ messages: [long.slice(0, 50), '<13>next', long.slice(0, 50)], cut: 2 });
      const frames = read(Buffer.from([long, '<13>next', long].map(counted).join('')), [length], 50);
      expect(frames).toEqual(lines);
    }
  });

  it('keeps what follows a frame whose count is none', () => {
    const bytes = Buffer.from(`${counted('<13>one')}rubbish\n${counted('<13>two')}`);
    for (const length of [1, 3, 1000])
      expect(read(bytes, [length]).messages).toEqual(['<13>one', 'rubbish', '<13>two']);
  });

  it('keeps what came of a message that the stream ends in', () => {
    expect(read(Buffer.from('100 <13>begun'), [4]).messages).toEqual(['<13>begun']);
    expect(read(Buffer.from('<13>begun'), [4]).messages).toEqual(['<13>begun']);
    expect(read(Buffer.from('12'), [1]).messages).toEqual(['12']);
  });

  it('turns bytes that are not UTF-8 into U+FFFD', () => {
    expect(read(Buffer.from('<13>caf\xe9 \xff\n', 'latin1'), [3]).messages).toEqual(['<13>caf\uFFFD \uFFFD']);
  });
});

describe('the text of a datagram', () => {
  it('is without what ends it, and holds line feeds within', () => {
    expect(readMessage(Buffer.from('<13>two\nlines\r\n\0'))).toBe('<13>two\nlines');
    expect(readMessage(Buffer.from('\n\0'))).toBe('');
    expect(readMessage(Buffer.from([0x3c, 0x31, 0x3e, 0xc3]))).toBe('<1>\uFFFD');
  });
});
