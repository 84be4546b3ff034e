const formats = new Map<string, Intl.NumberFormat>();

function format(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  const made = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}

/** A number with the separators of the language: 12,345. */
export function wholeNumber(value: number, locale: string): string {
  return format(locale, { maximumFractionDigits: 0 }).format(value);
}

/** A number in few characters: 12.3K. */
export function briefNumber(value: number, locale: string): string {
  return format(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];

/** Bytes in the largest unit that leaves a whole number before the point: 1.4 GB. */
export function byteSize(bytes: number, locale: string): string {
  const step = Math.min(Math.max(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), 0), units.length - 1);
  return format(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** step);
}

/** A rate with one digit behind the point where it is small: 0.4, 12. */
export function rateNumber(value: number, locale: string): string {
  return format(locale, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
