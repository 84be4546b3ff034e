import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anywhere,
  beginningOf,
  fitsLike,
  hasWildcards,
  likeLiteral,
  likeOf,
  runsOf,
} from '../../../server/search/like.ts';

const letters = fc.string({ unit: fc.constantFrom('a', 'B', '%', '_', '!', '\\', '*', '?', 'é', '😀'), maxLength: 8 });

describe('a pattern', () => {
  it('made of a text fits that text, in either case, and no other of its length', () => {
    fc.assert(
      fc.property(letters, letters, (text, other) => {
        expect(fitsLike(text, likeLiteral(text))).toBe(true);
        expect(fitsLike(text.toUpperCase().replaceAll('É', 'é'), likeLiteral(text))).toBe(true);
        if (text.toLowerCase() !== other.toLowerCase()) expect(fitsLike(other, likeLiteral(text))).toBe(false);
      }),
    );
  });

  it('fits what a regular expression of the same meaning fits', () => {
    const parts = fc.array(fc.constantFrom('*', '?', 'a', 'b', '!', '%', '\\*', '\\?', '\\\\'), { maxLength: 8 });
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '!', '%', '\\'), maxLength: 8 });
    fc.assert(
      fc.property(parts, texts, (pattern, text) => {
        const expression = pattern.map((part) =>
          part === '*' ? '[^]*' : part === '?' ? '[^]' : `\\u{${(part.at(-1) ?? '').codePointAt(0)?.toString(16)}}`,
        );
        expect(fitsLike(text, likeOf(pattern.join('')))).toBe(new RegExp(`^${expression.join('')}$`, 'u').test(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('tells what every text begins with that it fits', () => {
    expect(beginningOf(likeOf('Edge\\*-?x*'))).toBe('edge*-');
    expect(beginningOf(likeOf('*a'))).toBe('');
  });

  it('counts a run of wildcards once', () => {
    expect(likeOf('a***b*')).toBe('a%b%');
    expect(runsOf(likeOf('a**b*\\*%'))).toBe(2);
    expect(hasWildcards('a\\*b')).toBe(false);
  });

  it('is made one of all texts that hold what it fits', () => {
    expect(['', '*', 'a', '*a*', '*50%', 'a\\*'].map((pattern) => anywhere(likeOf(pattern)))).toEqual([
      '%',
      '%',
      '%a%',
      '%a%',
      '%50!%%',
      '%a*%',
    ]);
    fc.assert(
      fc.property(letters, letters, letters, (before, text, after) => {
        expect(fitsLike(before + text + after, anywhere(likeLiteral(text)))).toBe(true);
        expect(fitsLike(before + text + after, anywhere(likeOf(`*${text.replace(/[\\*?]/g, '\\$&')}`)))).toBe(true);
      }),
    );
  });
});
