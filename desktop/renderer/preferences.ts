import { Signal, useSignal } from './data/signal.ts';

export type Theme = 'system' | 'light' | 'dark';
/**
 * `en-XA` is English made longer and foreign, to find text that is clipped or not translated; `ar-XB` is English written from right to
 * left, with the numbers and dates of Arabic, to find what stands on the wrong side. `Intl` takes both for the language they stand for.
 */
export type Language = 'en' | 'de' | 'en-XA' | 'ar-XB';

/** Which new alerts are heard. */
export type Sound = 'off' | 'critical' | 'all';

/** What a person chose for this browser. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  /** Whether single keys such as `j` do something. */
  readonly singleKeys: boolean;
  readonly isNavigationFolded: boolean;
  readonly sound: Sound;
}

const place = 'tocsin.preferences';
const themes: readonly string[] = ['system', 'light', 'dark'];
export const sounds: readonly Sound[] = ['off', 'critical', 'all'];
const languages: readonly string[] = ['en', 'de', 'en-XA', 'ar-XB'];
const fromRightToLeft: readonly string[] = ['ar-XB'];

function read(): Preferences {
  const stored = storedObject();
  const browser = navigator.language.toLowerCase().startsWith('de') ? 'de' : 'en';
  return {
    theme: themes.includes(String(stored['theme'])) ? (stored['theme'] as Theme) : 'system',
    language: languages.includes(String(stored['language'])) ? (stored['language'] as Language) : browser,
    singleKeys: stored['singleKeys'] !== false,
    isNavigationFolded: stored['isNavigationFolded'] === true,
    sound: sounds.find((each) => each === stored['sound']) ?? 'off',
  };
}

/** A browser may forbid storage, and what lies there may be of anybody. */
function storedObject(): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    return Object(value);
  } catch {
    return {};
  }
}

export const preferences = new Signal<Preferences>(read());

/** Changes some, for now and for later visits. */
export function prefer(change: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...change });
  try {
    localStorage.setItem(place, JSON.stringify(preferences.get()));
  } catch {
    // They hold until the page is closed.
  }
}

/** Writes theme, language and its direction on the document, now and at every change. */
export function applyPreferences(): void {
  const apply = (): void => {
    const { theme, language } = preferences.get();
    document.documentElement.lang = language;
    document.documentElement.dir = fromRightToLeft.includes(language) ? 'rtl' : 'ltr';
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  };
  apply();
  preferences.subscribe(apply);
}

export function usePreferences(): Preferences {
  return useSignal(preferences);
}
