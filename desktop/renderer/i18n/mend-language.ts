/**
 * Imported before all else: libraries hand `navigator.language` to `Intl` when they load (uPlot does), and would throw for good where
 * that is no language tag, as the `en-US@posix` of a Chromium that was started with `LANG=C`.
 */
try {
  Intl.getCanonicalLocales(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { configurable: true, value: 'en' });
}
