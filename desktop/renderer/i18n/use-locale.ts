import { localeFor } from '../format/locale.ts';
import { usePreferences } from '../preferences.ts';

/** The tag that dates and numbers are written by for this person. */
export function useLocale(): string {
  return localeFor(usePreferences().language);
}
