import { type Language, usePreferences } from '../preferences.ts';

/**
 * The BCP 47 tag that dates and numbers of a language are written by: the browser's own for that language where it has one, which
 * names the region (en-GB writes 22/11/2026), else the language alone.
 */
export function localeFor(language: Language, browsers: readonly string[] = navigator.languages): string {
  const base = language === 'en-XA' ? 'en' : language;
  return browsers.find((tag) => isTag(tag) && new Intl.Locale(tag).language === base) ?? base;
}

/** The tag that dates and numbers are written by for this person. */
export function useLocale(): string {
  return localeFor(usePreferences().language);
}

/** Whether `Intl` takes a language tag: a browser started with `LANG=C` says `en-US@posix`, which it does not. */
export function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
