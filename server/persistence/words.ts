/** What is neither letter, digit nor a mark on one: what SQLite's unicode61 tokenizer takes for the end of a word too. */
const separators = /[^\p{L}\p{N}\p{M}\p{Co}]+/u;
/** The same for a text without any but ASCII characters, several times faster. */
const plainSeparators = /[^0-9A-Za-z]+/;
const plain = /^[\x20-\x7e]*$/;
const accentedLatin = /(\p{Script=Latin})\p{M}+/gu;

/** The words asked for in a search may be this many; further ones do not narrow it. */
const mostWords = 20;
/** A longer word is found by its beginning; PostgreSQL takes none over 2 kB. */
const longestWord = 128;

/** The words of a text, as they are written. */
export function wordsOf(text: string): string[] {
  return text.split(plain.test(text) ? plainSeparators : separators).filter(Boolean);
}

/** The words of a search. */
export function searchWords(text: string | null | undefined): string[] {
  // U+E000 begins what full text holds of fields (see search-terms.ts).
  return wordsOf((text ?? '').replaceAll('\uE000', ' '))
    .slice(0, mostWords)
    .map((word) => word.slice(0, longestWord).toWellFormed());
}

/** A word as it is compared: lower case, Latin letters without their accents. SQLite's full text does the same by itself. */
export function foldWord(word: string): string {
  const lower = word.slice(0, longestWord).toLowerCase();
  return plain.test(lower)
    ? lower
    : lower.normalize('NFD').replace(accentedLatin, '$1').normalize('NFC').toWellFormed();
}

/** Whether a text holds all of some folded words, each perhaps only begun. */
export function holdsWords(text: string, wanted: readonly string[]): boolean {
  const words = wordsOf(text).map(foldWord);
  return wanted.every((word) => words.some((candidate) => candidate.startsWith(word)));
}
