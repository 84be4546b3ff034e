import { useMemo } from 'react';
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

/** The words of a catalogue in a language. */
export function wordsIn<Tree extends Words>(words: Catalogue<Tree>, language: Language): Translated<Tree> {
  if (language === 'de') return words.de;
  const { en } = words as unknown as Catalogue<Tree> & { en: Translated<Tree> };
  if (language === 'en-XA') return pseudo(en, pseudoText);
  return language === 'ar-XB' ? pseudo(en, mirroredText) : en;
}

/** The words of a catalogue in the person's language. */
export function useWords<Tree extends Words>(words: Catalogue<Tree>): Translated<Tree> {
  const { language } = usePreferences();
  return useMemo(() => wordsIn(words, language), [words, language]);
}
