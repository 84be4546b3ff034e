/** An object from outside whose members may be anything. */
export type Loose = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one when it is none: a member of it is then simply absent. */
export function objectOf(value: unknown): Loose {
  return isObject(value) ? value : {};
}

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text that both databases store alike: a NUL, which PostgreSQL refuses, becomes U+FFFD, as does half a surrogate pair. */
export function storable(text: string): string {
  const whole = text.isWellFormed() ? text : text.toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\uFFFD') : whole;
}

/** A short non-empty text (a number is written out), cut at `longest`; null when there is none. */
export function textOf(value: unknown, longest = 255): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return null;
  const trimmed = storable(text.trim());
  if (trimmed === '') return null;
  return trimmed.length > longest ? trimmed.slice(0, longest).toWellFormed() : trimmed;
}

/** The first of the values that is a short text. */
export function firstText(...values: readonly unknown[]): string | null {
  for (const value of values) {
    const text = textOf(value);
    if (text !== null) return text;
  }
  return null;
}

/**
 * The first of the values that can be the name of a host. A splitter of syslog lines takes the program of a line without a host
 * for one: a colon at the end shows it, but for the two that end an IPv6 address.
 */
export function firstHost(...values: readonly unknown[]): string | null {
  return firstText(...values.filter((value) => !/[^:]:$/.test(textOf(value)?.trimEnd() ?? '')));
}

/** A whole number from 0 up, written as a number or in decimal digits; null when it is none. */
export function wholeNumberOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value.trim()) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}

/** A port number written as a number or a text; null when it is none. */
export function portOf(value: unknown): number | null {
  const port = wholeNumberOf(value);
  return port !== null && port <= 65_535 ? port : null;
}
