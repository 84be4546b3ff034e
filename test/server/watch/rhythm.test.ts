import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedSilence, begin, isSilent, observe, type Rhythm } from '../../../server/watch/rhythm.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const factor = 10;

/** What is known after a source spoke at these times, and when an alert of its silence would have been raised. */
function live(times: readonly number[], listeningSince = 0): { rhythm: Rhythm; alerts: number[] } {
  const [first = 0, ...later] = times;
  let rhythm = begin(first);
  const alerts: number[] = [];
  for (const at of later) {
    const allowed = allowedSilence(rhythm, factor, at);
    if (allowed !== undefined && isSilent(rhythm.lastSeen, allowed, at, listeningSince)) {
      alerts.push(rhythm.lastSeen + allowed);
    }
    rhythm = observe(rhythm, at, factor, listeningSince);
  }
  return { rhythm, alerts };
}

/** Times from one to another, this far apart. */
function steadily(from: number, to: number, gap: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / gap)) }, (_, index) => from + index * gap);
}

describe('a rhythm', () => {
  it.each([
    [minute, 10 * minute],
    [10 * minute, 100 * minute],
    [hour, 10 * hour],
    [5 * second, 5 * minute],
    [1, 5 * minute],
  ])('of a message every %i ms allows a silence of %i ms', (gap, allowed) => {
    const { rhythm, alerts } = live(steadily(0, Math.max(2 * hour, 30 * gap), Math.max(gap, second)));
    expect(allowedSilence(rhythm, factor, rhythm.lastSeen)).toBe(allowed);
    expect(alerts).toEqual([]);
  });

  it('is not known from a few messages, nor from many within an hour', () => {
    const few = live(steadily(0, 20 * hour, hour));
    expect(allowedSilence(few.rhythm, factor, 20 * hour)).toBeUndefined();
    const burst = live(steadily(0, 59 * minute, second));
    expect(allowedSilence(burst.rhythm, factor, hour)).toBeUndefined();
  });

  it('of a source that speaks at random, once a minute on average, is missed by no alert of its own', () => {
    let seed = 42;
    const random = () => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return (seed + 1) / (2 ** 31 + 1);
    };
    const times: number[] = [];
    for (let at = 0; at < 3 * day; at += -Math.log(random()) * minute) times.push(at);
    const { rhythm, alerts } = live(times);
    expect(alerts).toEqual([]);
    expect(allowedSilence(rhythm, factor, rhythm.lastSeen)).toBeLessThan(30 * minute);
  });

  it('follows a source that comes to speak faster, and one that comes to speak slower', () => {
    const faster = live([...steadily(0, day, hour), ...steadily(day, 2 * day, minute)]);
    expect(allowedSilence(faster.rhythm, factor, 2 * day)).toBe(10 * minute);
    const slower = live([...steadily(0, day, minute), ...steadily(day, 3 * day, 5 * minute)]);
    expect(slower.alerts).toEqual([]);
    expect(allowedSilence(slower.rhythm, factor, 3 * day)).toBe(50 * minute);
  });

  it('learns nothing from the time in which nobody listened', () => {
    const before = live(steadily(0, 3 * hour, minute)).rhythm;
    const restart = 3 * day;
    const after = observe(before, restart + minute, factor, restart);
    expect({ ...after, lastSeen: 0, countedAt: 0 }).toEqual({ ...before, lastSeen: 0, countedAt: 0 });
    expect(isSilent(before.lastSeen, 10 * minute, restart + 9 * minute, restart)).toBe(false);
    expect(isSilent(before.lastSeen, 10 * minute, restart + 11 * minute, restart)).toBe(true);
  });

  it('does not change by what comes late or out of order', () => {
    const { rhythm } = live(steadily(0, 3 * hour, minute));
    expect(observe(rhythm, rhythm.lastSeen - hour, factor, 0)).toBe(rhythm);
  });

  it('never allows less than five minutes, nor more than a number can say, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30 * day }), { maxLength: 200 }), (times) => {
        const { rhythm } = live(times);
        const allowed = allowedSilence(rhythm, factor, 31 * day);
        if (allowed !== undefined) expect(allowed).toBeGreaterThanOrEqual(5 * minute);
        expect(Object.values(rhythm).every((value) => value >= 0 && value <= 31 * day)).toBe(true);
      }),
    );
  });
});

describe('a pause that comes again', () => {
  const nights = (days: number) =>
    Array.from({ length: days }, (_, index) =>
      steadily(index * day + 8 * hour, index * day + 18 * hour, minute),
    ).flat();

  it('as every night does, raises two alerts and then none', () => {
    expect(live(nights(7)).alerts).toHaveLength(2);
  });

  it('as a burst each night does, of more than a minute, raises two alerts and then none', () => {
    const bursts = Array.from({ length: 14 }, (_, index) =>
      steadily(index * day, index * day + 90 * minute, 10 * second),
    );
    expect(live(bursts.flat()).alerts).toHaveLength(2);
  });

  it('as a short burst each night does, raises no alert', () => {
    const bursts = Array.from({ length: 40 }, (_, index) => steadily(index * day, index * day + 20 * second, 20));
    expect(live(bursts.flat()).alerts).toEqual([]);
  });

  it('is forgotten when it comes no more', () => {
    const { rhythm } = live([...nights(5), ...steadily(5 * day, 15 * day, minute)]);
    expect(allowedSilence(rhythm, factor, rhythm.lastSeen)).toBe(10 * minute);
  });

  it('does not make a source of one long outage less watched', () => {
    const { rhythm, alerts } = live([
      ...steadily(0, day, minute),
      ...steadily(day + 6 * hour, day + 12 * hour, minute),
    ]);
    expect(alerts).toHaveLength(1);
    expect(allowedSilence(rhythm, factor, rhythm.lastSeen)).toBe(10 * minute);
  });
});
