const steps: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const relative = kept(
  (locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: locale === 'de' ? 'short' : 'narrow' }),
);
const absolute = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'long' }));
const clock = kept(
  (locale) => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
);
const range = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' }));
const short = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' }));

/** How long ago an instant is, in words: "3 min ago", "now". */
export function relativeTime(instant: Date, now: Date, locale: string): string {
  const seconds = (instant.getTime() - now.getTime()) / 1_000;
  const step = steps.find(([, length]) => Math.abs(seconds) >= length);
  return step ? relative(locale).format(Math.trunc(seconds / step[1]), step[0]) : relative(locale).format(0, 'second');
}

/** An instant in full, with its zone. */
export function absoluteTime(instant: Date, locale: string): string {
  return absolute(locale).format(instant);
}

/** Date and time to the second, as briefly as the language has it. */
export function shortTime(instant: Date, locale: string): string {
  return short(locale).format(instant);
}

/** From one instant to another, to the minute; either may be open: "21/11/2026, 08:00 – …". Empty where both are. */
export function timeSpan(from: string | undefined, to: string | undefined, locale: string): string {
  const format = range(locale);
  if (from !== undefined && to !== undefined) return format.formatRange(new Date(from), new Date(to));
  if (from !== undefined) return `${format.format(new Date(from))} – …`;
  return to === undefined ? '' : `… – ${format.format(new Date(to))}`;
}

/** Hours and minutes of 24. */
export function clockTime(instant: Date, locale: string): string {
  return clock(locale).format(instant);
}

/** A formatter costs more to make than to use by far. */
function kept<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const made = new Map<string, Format>();
  return (locale) => {
    const format = made.get(locale) ?? make(locale);
    made.set(locale, format);
    return format;
  };
}
