import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstText, storable, textOf } from '../../../server/ingest/fields.ts';

describe('storable', () => {
  it.each([
    ['plain', 'plain'],
    ['a\u0000b\u0000', 'a\uFFFDb\uFFFD'],
    ['a\ud83d', 'a\uFFFD'],
    ['\ude00a', '\uFFFDa'],
    ['\u{1F600}', '\u{1F600}'],
    ['\r\n\t\u001b\u2028', '\r\n\t\u001b\u2028'],
    ['', ''],
  ])('makes %j into %j', (text, stored) => {
    expect(storable(text)).toBe(stored);
  });

  it('keeps the length, and a text that it has made', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 0xffff }), (text, code) => {
        const stored = storable(text + String.fromCharCode(code));
        expect(stored).toHaveLength(text.length + 1);
        expect(storable(stored)).toBe(stored);
        expect(stored.isWellFormed() && !stored.includes('\0')).toBe(true);
      }),
    );
  });
});

describe('textOf', () => {
  it.each([
    [' su', 'su'],
    [5710, '5710'],
    [0, '0'],
    ['', null],
    [' \n', null],
    [null, null],
    [undefined, null],
    [true, null],
    [['a'], null],
    [{ a: 1 }, null],
    ['a\0b', 'a\uFFFDb'],
  ])('of %j is %j', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  it('is cut at its longest without leaving half a character', () => {
    expect(textOf('abcdef', 3)).toBe('abc');
    expect(textOf('ab\u{1F600}', 3)).toBe('ab\uFFFD');
  });
});

describe('firstText', () => {
  it('is the first of the values that is a text', () => {
    expect(firstText(undefined, '', {}, ' edge ', 'other')).toBe('edge');
    expect(firstText(null, [])).toBeNull();
  });
});
