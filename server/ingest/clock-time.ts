/** A time found in a text, and the place after it. */
export interface ClockTime {
  /** Epoch milliseconds. */
  readonly time: number;
  readonly end: number;
}

const dayMs = 86_400_000;
/** `Nov 21 06:51:01`, also with decimals, a zone, and the year before or after the time or the zone. */
const monthFirst =
  /([A-Z][a-z]{2}) {1,2}(\d{1,2}) (?:((?:19|20)\d{2}) )?(\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: ((?:19|20)\d{2})(?=[ :]|$))?(?: ?(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[A-Z]{3,4})(?![A-Za-z0-9_.-]))?/y;
/** The year of date(1), behind the zone. */
const yearBehind = / ((?:19|20)\d{2})(?=[ :]|$)/y;
/** `2026-11-21T06:51:01+00:00`, also with a blank or with slashes. */
const numbers =
  /((?:19|20)\d{2})([-/])(\d{2})\2(\d{2})[T ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: ?(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[A-Z]{3,4})(?![A-Za-z0-9_.-]))?/y;
/** `2026 Nov 21 06:51:01`, as switches and Windows agents write it. */
const yearFirst =
  /((?:19|20)\d{2}) ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: ?(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[A-Z]{3,4})(?![A-Za-z0-9_.-]))?/y;
/** `Sat Nov 21 06:51:01 UTC 2026`: C's asctime and date(1). */
const weekdayFirst =
  /[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: ([A-Z]{3,4}))? ((?:19|20)\d{2})(?: ([+-]\d{4}))?/y;
/** `21/Nov/2026:06:51:01 +0000` of web servers, `21-Nov-2026 06:51:01`. */
const dayFirst =
  /(\d{1,2})([/ -])([A-Z][a-z]{2})\2((?:19|20)\d{2})[: ](\d{2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?: ?(Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|[A-Z]{3,4})(?![A-Za-z0-9_.-]))?/y;

const months = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, at) => [name, at]),
);

/** Hours east of Greenwich of the zone names that devices write; CST and IST are taken in their most common sense. */
const zones = new Map<string, number>(
  Object.entries({
    UTC: 0,
    GMT: 0,
    WET: 0,
    WEST: 1,
    BST: 1,
    CET: 1,
    CEST: 2,
    EET: 2,
    EEST: 3,
    MSK: 3,
    IST: 5.5,
    JST: 9,
    KST: 9,
    EST: -5,
    EDT: -4,
    CST: -6,
    CDT: -5,
    MST: -7,
    MDT: -6,
    PST: -8,
    PDT: -7,
  }),
);

/**
 * Reads the time at a place of a text as log lines write it; null when there is none. A time without a zone is UTC. A time without
 * a year gets the latest year with which it is at most a day ahead of `receivedAt` (epoch milliseconds).
 */
export function readClockTime(text: string, at: number, receivedAt: number): ClockTime | null {
  const first = text.charCodeAt(at);
  if (first >= 48 && first <= 57) return readDigitsFirst(text, at);
  if (first < 65 || first > 90) return null;
  monthFirst.lastIndex = at;
  let match = monthFirst.exec(text);
  if (match) {
    const [all, month, day, before, hour, minute, second, fraction, after, offset] = match;
    const last = offset === undefined || offsetOf(offset) === undefined ? null : yearAt(text, at + all.length);
    const known = before ?? after ?? last?.slice(1);
    const whole = last === null ? all : `${all}${last}`;
    return toTime(whole, at, known ? Number(known) : receivedAt, month, day, [hour, minute, second, fraction], offset);
  }
  weekdayFirst.lastIndex = at;
  match = weekdayFirst.exec(text);
  if (!match) return null;
  const [all, month, day, hour, minute, second, fraction, name, yearText, offset] = match;
  return toTime(all, at, Number(yearText), month, day, [hour, minute, second, fraction], offset ?? name);
}

function yearAt(text: string, at: number): string | null {
  yearBehind.lastIndex = at;
  return yearBehind.exec(text)?.[0] ?? null;
}

function readDigitsFirst(text: string, at: number): ClockTime | null {
  numbers.lastIndex = at;
  let match = numbers.exec(text);
  if (match) {
    const [all, yearText, , month, day, hour, minute, second, fraction, offset] = match;
    return toTime(all, at, Number(yearText), Number(month) - 1, day, [hour, minute, second, fraction], offset);
  }
  yearFirst.lastIndex = at;
  match = yearFirst.exec(text);
  if (match) {
    const [all, yearText, month, day, hour, minute, second, fraction, offset] = match;
    return toTime(all, at, Number(yearText), month, day, [hour, minute, second, fraction], offset);
  }
  dayFirst.lastIndex = at;
  match = dayFirst.exec(text);
  if (!match) return null;
  const [all, day, , month, yearText, hour, minute, second, fraction, offset] = match;
  return toTime(all, at, Number(yearText), month, day, [hour, minute, second, fraction], offset);
}

type Clock = readonly (string | undefined)[];

/** `yearOrReceipt` is the year where the text names one, else when it was received. */
function toTime(
  all: string,
  at: number,
  yearOrReceipt: number,
  month: string | number | undefined,
  day: string | undefined,
  [hour, minute, second, fraction = '']: Clock,
  offset: string | undefined,
): ClockTime | null {
  const monthAt = typeof month === 'number' ? month : months.get(month ?? '');
  if (monthAt === undefined || monthAt < 0 || monthAt > 11) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const minutesEast = offsetOf(offset);
  // What stands in the place of a zone may be a host's name.
  const end = at + (minutesEast === undefined ? all.lastIndexOf(offset ?? '') : all.length);
  const ofDay =
    ((Number(hour) * 60 + Number(minute) - (minutesEast ?? 0)) * 60 + Number(second)) * 1000 +
    Number(fraction.slice(0, 3).padEnd(3, '0'));
  if (yearOrReceipt < 10_000) {
    const midnight = midnightOf(yearOrReceipt, monthAt, Number(day));
    return midnight === undefined ? null : { time: midnight + ofDay, end };
  }
  const thisYear = new Date(yearOrReceipt).getUTCFullYear();
  // Eight years back there is always a 29 February.
  for (let candidate = thisYear + 1; candidate >= thisYear - 8; candidate--) {
    const midnight = midnightOf(candidate, monthAt, Number(day));
    if (midnight !== undefined && midnight + ofDay <= yearOrReceipt + dayMs) return { time: midnight + ofDay, end };
  }
  return null;
}

function midnightOf(ofYear: number, month: number, day: number): number | undefined {
  const midnight = Date.UTC(ofYear, month, day);
  return new Date(midnight).getUTCDate() === day ? midnight : undefined;
}

/** Undefined: no zone that is known. */
function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined || text === 'Z') return 0;
  const sign = text.search(/[+-]/);
  if (sign < 0) {
    const hours = zones.get(text);
    return hours === undefined ? undefined : hours * 60;
  }
  const digits = text.slice(sign + 1).replace(':', '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return text[sign] === '-' ? -minutes : minutes;
}
