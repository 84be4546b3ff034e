import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plainRefusal } from '../../../desktop/renderer/components/plain-refusal.ts';
import { localeFor } from '../../../desktop/renderer/format/locale.ts';
import { byteSize, wholeNumber } from '../../../desktop/renderer/format/number.ts';
import { absoluteTime, relativeTime, shortTime } from '../../../desktop/renderer/format/time.ts';
import { plural } from '../../../desktop/renderer/i18n/plural.ts';
import { mirroredText, pseudo, pseudoText } from '../../../desktop/renderer/i18n/pseudo.ts';
import { listFiles, root } from '../../support/source-files.ts';

/** Every catalogue of words, as its file exports it. */
const catalogues = (
  await Promise.all(
    listFiles('desktop/renderer')
      .filter((path) => /(?:^|[/-])words\.ts$/.test(path) && !path.endsWith('i18n/words.ts'))
      .map(async (path) => {
        const exported: Record<string, unknown> = await import(/* @vite-ignore */ pathToFileURL(join(root, path)).href);
        return Object.entries(exported).map(([name, words]) => ({ path: `${path} ${name}`, words: Object(words) }));
      }),
  )
).flat();

/** The texts of a tree by their place in it; functions are called with numbers, which all of them take. */
function texts(tree: unknown, place = ''): [string, string][] {
  if (typeof tree === 'string') return [[place, tree]];
  if (typeof tree === 'function') return [[place, tree(2, 1)]];
  return Object.entries(Object(tree)).flatMap(([key, value]) => texts(value, `${place}.${key}`));
}

describe('a catalogue of words', () => {
  it.each(catalogues)('$path says everything in both languages, and the same of numbers', ({ words }) => {
    const [english, german] = [texts(words.en), texts(words.de)];
    expect(german.map(([place]) => place)).toEqual(english.map(([place]) => place));
    expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([]);
    const numbers = (all: [string, string][]) => all.map(([place, text]) => [place, text.match(/\d+/g)?.sort() ?? []]);
    expect(numbers(german)).toEqual(numbers(english));
  });
});

describe('a refusal of the server', () => {
  it.each([
    [
      'cidr: must be a range of addresses such as 10.0.0.0/24',
      'cidr',
      'Bitte einen Adressbereich wie 10.0.0.0/24 eingeben.',
    ],
    ['name: must have 1 to 200 characters', 'name', 'Bitte 1 bis 200 Zeichen eingeben.'],
    ['input: must change something', 'input', 'Es wurde nichts geändert.'],
    ['endsAt: must be after its start', 'endsAt', 'Das Ende muss nach dem Anfang liegen.'],
    ['headers: must have different names', 'headers', 'Must have different names.'],
    ['There is no room left', undefined, 'There is no room left'],
  ])('%s is said without the name of its field', (message, field, said) => {
    const { words } = catalogues.find(({ path }) => path.endsWith('refusalWords')) ?? {};
    expect(plainRefusal(message, field, words.de)).toBe(said);
  });
});

describe('plural', () => {
  it.each([
    ['en', 1, '1 alert'],
    ['en', 0, '0 alerts'],
    ['en', 12_345, '12,345 alerts'],
    ['de', 12_345, '12.345 alerts'],
  ])('in %s of %i is %s', (locale, count, text) => {
    expect(plural(locale, count, { one: '# alert', other: '# alerts' })).toBe(text);
  });
});

describe('the locale of dates and numbers', () => {
  it.each([
    ['en', ['en-GB', 'en-US'], 'en-GB'],
    ['en', ['de-AT', 'en', 'en-GB'], 'en'],
    ['de', ['en-GB', 'de-CH'], 'de-CH'],
    ['de', ['en-GB'], 'de'],
    ['en', ['en-US@posix'], 'en'],
    ['en-XA', ['de', 'en-AU'], 'en-AU'],
    ['en', [], 'en'],
  ] as const)('of %s for a browser of %j is %s', (language, browser, locale) => {
    expect(localeFor(language, browser)).toBe(locale);
  });

  it('writes the day before the month where the region does', () => {
    expect(shortTime(new Date('2026-11-22T02:58:48'), localeFor('en', ['en-GB']))).toBe('22/11/2026, 02:58:48');
  });
});

describe('the pseudo-locale', () => {
  it('makes a text foreign and at least two fifths longer, and leaves none out', () => {
    const made = pseudoText('Acknowledge');
    expect(made).toMatch(/^⟦Åçķñöŵļéđĝé/);
    expect(made.length).toBeGreaterThan('Acknowledge'.length * 1.4);
    expect(pseudo({ a: { b: (count: number) => `${count} left` } }, pseudoText).a.b(3)).toMatch(/^⟦3 ļéƒţ/);
    expect(pseudo({ a: ['Close'] }, mirroredText)).toEqual({ a: ['\u202eClose\u202c'] });
  });
});

describe('a time', () => {
  const now = new Date('2026-11-21T12:00:00Z');

  it.each([
    ['2026-11-21T11:59:58Z', 'en', 'now'],
    ['2026-11-21T11:57:00Z', 'en', '3m ago'],
    ['2026-11-21T09:00:00Z', 'de', 'vor 3 Std.'],
    ['2026-11-19T11:00:00Z', 'en', '2d ago'],
    ['2025-01-01T00:00:00Z', 'en', 'last yr.'],
  ])('%s in %s is %s', (instant, locale, text) => {
    expect(relativeTime(new Date(instant), now, locale)).toBe(text);
  });

  it('in full names its zone', () => {
    expect(absoluteTime(now, 'en')).toMatch(/Saturday.* 2026 .* (?:UTC|GMT|[A-Z]{3,4})/);
  });
});

describe('a number', () => {
  it.each([
    [wholeNumber(1_234_567, 'de'), '1.234.567'],
    [byteSize(0, 'en'), '0 byte'],
    [byteSize(1_400_000_000, 'en'), '1.4 GB'],
    [byteSize(999, 'de'), '999 Byte'],
  ])('%s is %s', (shown, text) => {
    expect(shown).toBe(text);
  });
});
