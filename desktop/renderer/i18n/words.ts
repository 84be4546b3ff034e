import { visibleText } from '../format/visible-text.ts';
import { type Language, usePreferences } from '../preferences.ts';
import { mirroredText, pseudo, pseudoText } from './pseudo.ts';

/** A tree of texts, and of functions that make a text. */
// biome-ignore lint/suspicious/noExplicitAny: a function of words takes whatever its text needs
export type Words = { readonly [key: string]: string | readonly string[] | ((...args: any[]) => string) | Words };

/** The same tree in another language: same keys, same arguments, other texts. */
export type Translated<Tree> = Tree extends string
  ? string
  : Tree extends readonly string[]
    ? readonly string[]
    : Tree extends (...args: infer Args) => string
      ? (...args: Args) => string
      : { readonly [Key in keyof Tree]: Translated<Tree[Key]> };

/** The words of one part of the console, in every language that ships. */
export interface Catalogue<Tree extends Words> {
  readonly en: Tree;
  readonly de: Translated<Tree>;
}

/** Checks that the languages have the same keys, and hands the catalogue on. */
export function catalogue<const Tree extends Words>(en: Tree, de: Translated<Tree>): Catalogue<Tree> {
  return { en, de };
}

const made = new WeakMap<object, Map<Language, unknown>>();

/**
 * The words of a catalogue in a language. What is put into a text may be the name that somebody else gave to something: the characters
 * in it that hide, or turn the reading direction, are shown by their codes.
 */
export function wordsIn<Tree extends Words>(words: Catalogue<Tree>, language: Language): Translated<Tree> {
  const byLanguage = made.get(words) ?? new Map<Language, unknown>();
  made.set(words, byLanguage);
  const known = byLanguage.get(language) ?? translated(words, language);
  byLanguage.set(language, known);
  return known as Translated<Tree>;
}

function translated<Tree extends Words>(words: Catalogue<Tree>, language: Language): Translated<Tree> {
  if (language === 'de') return guarded(words.de);
  const { en } = words as unknown as Catalogue<Tree> & { en: Translated<Tree> };
  if (language === 'en-XA') return pseudo(guarded(en), pseudoText);
  return language === 'ar-XB' ? pseudo(en, mirroredText) : guarded(en);
}

function guarded<Tree>(tree: Tree): Tree {
  if (typeof tree === 'function') {
    const visible = (value: unknown): unknown => (typeof value === 'string' ? visibleText(value) : value);
    return ((...args: unknown[]) => tree(...args.map(visible))) as Tree;
  }
  if (typeof tree === 'string' || Array.isArray(tree)) return tree;
  return Object.fromEntries(Object.entries(tree as object).map(([key, value]) => [key, guarded(value)])) as Tree;
}

/** The words of a catalogue in the person's language. */
export function useWords<Tree extends Words>(words: Catalogue<Tree>): Translated<Tree> {
  const { language } = usePreferences();
  return wordsIn(words, language);
}
