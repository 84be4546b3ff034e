import { describe, expect, it } from 'vitest';
import { daysLeft, fillActivity, lastDay } from '../../../../../desktop/renderer/screens/overview/figures.ts';

const dayMs = 86_400_000;
const grown = { sizeBytes: 20e6, freeBytes: 80e6, events: 5_000 };

describe('the days until a disk is full', () => {
  it('go by how the database has grown since the first source was made', () => {
    expect(daysLeft(grown, 10 * dayMs)).toBe(40);
  });

  it.each([
    ['within the first day, however much came in', grown, dayMs - 1],
    ['from a handful of events', { ...grown, events: 999 }, 10 * dayMs],
  ])('cannot be told %s', (_, database, ageMs) => {
    expect(daysLeft(database, ageMs)).toBeUndefined();
  });
});

describe('the chart of a day', () => {
  /** Clocks go forward and back in Berlin, by half an hour on Lord Howe, and are half an hour off in Kolkata: UTC knows none of it. */
  const nights = ['2026-03-29T00:00:00Z', '2026-10-25T00:00:00Z', '2026-04-04T15:00:00Z', '2026-06-01T18:30:00Z'];
  const windows = nights.flatMap((night) =>
    Array.from({ length: 6 }, (_, at) => new Date(Date.parse(night) + at * 31 * 60_000)),
  );

  it.each(windows)('that ends at %o has 48 stretches, and in each what happened in it', (now) => {
    const span = lastDay(now);
    const [from, to] = [Date.parse(span.from), Date.parse(span.to)];
    expect([to - from, to > now.getTime(), to - now.getTime() <= 1_800_000]).toEqual([dayMs, true, true]);
    const instants = Array.from({ length: 200 }, (_, at) => from + ((at * 7919 * 31_337) % dayMs));
    // As the server counts: stretches from the epoch on, those without anything left out.
    const found = [...Map.groupBy(instants, (at) => Math.floor(at / 1_800_000) * 1_800_000)].map(([startsAt, all]) => ({
      startsAt: new Date(startsAt).toISOString(),
      counts: [
        { severity: 'HIGH' as const, count: all.filter((at) => at % 2 === 0).length },
        { severity: 'LOW' as const, count: all.filter((at) => at % 2 === 1).length },
      ],
    }));
    const { times, series, total } = fillActivity(found, span);
    const counted = (severity: string) => series.find((each) => each.severity === severity)?.values;
    const within = (start: number, odd: number) =>
      instants.filter((at) => at % 2 === odd && at >= start * 1_000 && at < start * 1_000 + 1_800_000).length;

    expect(times).toHaveLength(48);
    expect(total).toBe(200);
    expect(counted('HIGH')).toEqual(times.map((start) => within(start, 0)));
    expect(counted('LOW')).toEqual(times.map((start) => within(start, 1)));
  });
});
