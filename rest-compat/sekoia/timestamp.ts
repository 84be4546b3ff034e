const isoPattern =
  /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(?:(Z)|([+-]\d\d)(?::?(\d\d))?)?)?$/i;
const epochPattern = /^\d{9,19}(?:\.\d{1,9})?$/;

/** Seconds up to the year 5138; larger numbers are milliseconds, then microseconds, then nanoseconds. */
const mostSeconds = 1e11;
const latest = Date.UTC(9999, 11, 31);

/**
 * A time as the vendor's senders write it: ISO 8601, without a zone in UTC, or the seconds, milliseconds, microseconds or
 * nanoseconds since 1970, as a number or in digits. Undefined: none of these, or a time before 1970.
 */
export function readTime(value: unknown): Date | undefined {
  const text = typeof value === 'string' ? value.trim() : value;
  const isEpoch = typeof text === 'number' || (typeof text === 'string' && epochPattern.test(text));
  const ms = isEpoch ? msOfEpoch(Number(text)) : typeof text === 'string' ? msOfIso(text) : Number.NaN;
  return ms >= 0 && ms <= latest ? new Date(ms) : undefined;
}

function msOfEpoch(value: number): number {
  if (value < mostSeconds) return Math.round(value * 1000);
  if (value < mostSeconds * 1e3) return Math.round(value);
  return Math.round(value < mostSeconds * 1e6 ? value / 1e3 : value / 1e6);
}

function msOfIso(text: string): number {
  const match = isoPattern.exec(text);
  if (match === null) return Number.NaN;
  const [, day = '', time = '00:00', second = '00', fraction = '', , hours = '+00', minutes = '00'] = match;
  // The engine takes 30 February for 2 March.
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) return Number.NaN;
  return Date.parse(`${day}T${time}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}${hours}:${minutes}`);
}
