const isoPattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i;

/** Seconds up to the year 5138; larger numbers are milliseconds, microseconds or nanoseconds. */
const mostSeconds = 1e11;
const earliest = 0;
const latest = Date.UTC(9999, 11, 31);

/**
 * Reads an instant as epoch milliseconds: ISO 8601 and RFC 3339, also with Wazuh's `+0000` without a colon and any number of
 * decimals, or epoch seconds, milliseconds, microseconds or nanoseconds. A time without a zone is UTC. Undefined: none of these.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value === 'number') return parseEpoch(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const match = isoPattern.exec(text);
  if (match) return fromParts(match);
  return /^\d{9,19}(?:\.\d{1,9})?$/.test(text) ? parseEpoch(Number(text)) : undefined;
}

function parseEpoch(value: number): number | undefined {
  let ms = value;
  if (value < mostSeconds) ms = value * 1000;
  else if (value > mostSeconds * 1e6) ms = value / 1e6;
  else if (value > mostSeconds * 1e3) ms = value / 1e3;
  return within(Math.round(ms));
}

function fromParts(match: RegExpExecArray): number | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match;
  if (Number(month) < 1 || Number(month) > 12 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60)
    return undefined;
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // 30 February would silently become 1 March.
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const local = midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
  const offset = offsetMinutes(zone);
  return offset === undefined ? undefined : within(local - offset * 60_000);
}

function offsetMinutes(zone: string): number | undefined {
  if (zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function within(ms: number): number | undefined {
  return ms >= earliest && ms <= latest ? ms : undefined;
}
