/** Instants in epoch milliseconds, `to` excluded. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

/** The greatest instant that JavaScript has; relative times do not reach beyond it. */
const longestMs = 8.64e15;

const relative = /^(?:now-)?(\d{1,6})([smhdw])$/i;
const date = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/;
const dateTime = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** How long `24h`, `30m`, `7d`, `2w` or `90s` is, in milliseconds; null for anything else. */
export function durationOf(text: string): number | null {
  const [, count, unit = ''] = relative.exec(text) ?? [];
  return count === undefined || /^now/i.test(text) ? null : Number(count) * (unitMs[unit.toLowerCase()] ?? 0);
}

/**
 * The time that a text names: an instant, a minute, a day, a month or a year of ISO 8601, by UTC unless it names an offset, `now`,
 * `today`, `yesterday`, or so long before now as in `24h`. Null when it names none.
 */
export function spanOf(text: string, now: number): Span | null {
  const lower = text.toLowerCase();
  if (lower === 'now') return instant(now);
  if (lower === 'today' || lower === 'yesterday') {
    const start = Math.floor(now / 86_400_000) * 86_400_000 - (lower === 'today' ? 0 : 86_400_000);
    return { from: start, to: start + 86_400_000 };
  }
  const [, count, unit = ''] = relative.exec(lower) ?? [];
  if (count !== undefined) return instant(Math.max(-longestMs, now - Number(count) * (unitMs[unit] ?? 0)));
  return spanOfDate(text) ?? spanOfTime(text);
}

function spanOfDate(text: string): Span | null {
  const [whole, year = '', month, day] = date.exec(text) ?? [];
  if (whole === undefined) return null;
  const from = utc(Number(year), Number(month ?? 1), Number(day ?? 1));
  if (from === null) return null;
  if (day !== undefined) return { from, to: from + 86_400_000 };
  const to = new Date(from);
  if (month === undefined) to.setUTCFullYear(to.getUTCFullYear() + 1);
  else to.setUTCMonth(to.getUTCMonth() + 1);
  return { from, to: to.getTime() };
}

function spanOfTime(text: string): Span | null {
  const [whole, year, month, day, hour, minute, second, fraction, zone = 'Z'] = dateTime.exec(text) ?? [];
  const start = utc(Number(year), Number(month), Number(day));
  if (whole === undefined || start === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return null;
  const milliseconds = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  const wall = start + Number(hour) * 3_600_000 + Number(minute) * 60_000 + Number(second ?? 0) * 1000 + milliseconds;
  const from = wall - offsetMs(zone);
  if (second === undefined) return { from, to: from + 60_000 };
  return fraction === undefined ? { from, to: from + 1000 } : instant(from);
}

/** Null for a day that the month does not have. */
function utc(year: number, month: number, day: number): number | null {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day);
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null;
}

function offsetMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function instant(at: number): Span {
  return { from: at, to: at + 1 };
}
