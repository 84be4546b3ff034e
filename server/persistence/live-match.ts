import { foldWord, holdsWords, searchWords } from './words.ts';

/** Whether any of the values found is wanted; nothing wanted: all are. */
export function isAny<Value>(
  wanted: readonly Value[] | null | undefined,
  ...found: readonly (Value | null)[]
): boolean {
  return !wanted?.length || found.some((value) => value !== null && wanted.includes(value));
}

/** Whether an instant lies in the span: `from` inclusive, `to` exclusive. */
export function isWithin(
  span: { readonly from?: Date | null; readonly to?: Date | null } | null | undefined,
  time: Date,
): boolean {
  return !(span?.from && time < span.from) && !(span?.to && time >= span.to);
}

/** A search as a test of a text: whether it holds all the words, each perhaps only begun. */
export function wordsMatcher(search: string | null | undefined): (text: string) => boolean {
  const wanted = searchWords(search).map(foldWord);
  return (text) => wanted.length === 0 || holdsWords(text, wanted);
}
