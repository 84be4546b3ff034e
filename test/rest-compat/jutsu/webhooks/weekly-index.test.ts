import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexNamer } from '../../../../rest-compat/jutsu/webhooks/weekly-index.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { laterThanAnyId } from '../../../support/id-clock.ts';

const tenant = '0197c3e0-0000-7000-8000-000000000001';

/** The first or last id of a millisecond. */
function idOf(ms: number, rest: '0' | 'f' = '0'): string {
  const hex = ms.toString(16).padStart(12, '0');
  const r = (length: number) => rest.repeat(length);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7${r(3)}-${rest === '0' ? '8' : 'b'}${r(3)}-${r(12)}`;
}

/** The ISO week by the day of the year, as ISO 8601's commentaries give it. */
function isoWeek(ms: number): string {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  const dayOfYear = Math.floor((ms - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
  const weekday = date.getUTCDay() || 7;
  const week = Math.floor((dayOfYear - weekday + 10) / 7);
  const weeksIn = (y: number) => {
    const lastDay = (n: number) => (n + Math.floor(n / 4) - Math.floor(n / 100) + Math.floor(n / 400)) % 7;
    return lastDay(y) === 4 || lastDay(y - 1) === 3 ? 53 : 52;
  };
  if (week < 1) return `${year - 1}-w${weeksIn(year - 1)}`;
  if (week > weeksIn(year)) return `${year + 1}-w01`;
  return `${year}-w${String(week).padStart(2, '0')}`;
}

describe('indexNamer', () => {
  it.each([
    ['2026-02-09T00:00:00.000Z', '2026-w07'],
    ['2026-02-08T23:59:59.999Z', '2026-w06'],
    ['2026-11-21T12:00:00.000Z', '2026-w47'],
    ['2024-12-30T00:00:00.000Z', '2025-w01'],
    ['2024-12-29T23:59:59.999Z', '2024-w52'],
    ['2021-01-03T23:59:59.999Z', '2020-w53'],
    ['2021-01-04T00:00:00.000Z', '2021-w01'],
    ['2027-01-01T00:00:00.000Z', '2026-w53'],
    ['1970-01-01T00:00:00.000Z', '1970-w01'],
  ])('of an event received at %s is %s', (time, week) => {
    for (const rest of ['0', 'f'] as const) {
      expect(indexNamer(tenant)(idOf(Date.parse(time), rest))).toBe(`org-${tenant}-${week}-events`);
    }
  });

  it('names any order of events of any week', () => {
    const instants = fc.array(fc.integer({ min: 0, max: Date.UTC(2100, 0) }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(instants, (times) => {
        const name = indexNamer('t');
        expect(times.map((ms) => name(idOf(ms)))).toEqual(times.map((ms) => `org-t-${isoWeek(ms)}-events`));
      }),
    );
  });

  it('reads the ids that the server makes', () => {
    const now = laterThanAnyId(Date.parse('2026-11-21T12:00:00Z'));
    expect(indexNamer('t')(uuidV7(now))).toBe(`org-t-${isoWeek(now)}-events`);
  });
});
