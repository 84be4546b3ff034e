/**
 * The BCP 47 tag that dates and numbers of a language are written by: the browser's own for that language where it has one, which
 * names the region (en-GB writes 22/11/2026), else the language alone. `en-XA`, the made-up language of tests, is English.
 */
export function localeFor(language: string, browsers: readonly string[] = navigator.languages): string {
  const base = language === 'en-XA' ? 'en' : language;
  return browsers.find((tag) => isTag(tag) && new Intl.Locale(tag).language === base) ?? base;
}

/** Whether `Intl` takes a language tag: a browser started with `LANG=C` says `en-US@posix`, which it does not. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
