import { describe, expect, it } from 'vitest';
import {
  allowance,
  availableAt,
  observe,
  type Sign,
  type SinkHealth,
  unproven,
} from '../../../server/delivery/breaker.ts';
import { attemptOffsets, nextAttemptAt } from '../../../server/delivery/schedule.ts';

const [second, minute, hour] = [1000, 60_000, 3_600_000];

describe('the schedule of attempts', () => {
  it('has an attempt at once and after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h', () => {
    const made = [0];
    for (let at: number | null = 0; ; ) {
      at = nextAttemptAt({ startedAt: 0, spent: made.length, retryAfterMs: undefined }, at, () => 0.5);
      if (at === null) break;
      made.push(at);
    }
    expect(made).toEqual([
      0,
      5 * second,
      5 * minute,
      30 * minute,
      ...[2, 5, 10, 14, 20, 24].map((hours) => hours * hour),
    ]);
  });

  it.each([0, 0.25, 0.999])('strays from it by at most a fifth of the wait (%d)', (random) => {
    for (let spent = 1; spent < attemptOffsets.length; spent++) {
      const planned = attemptOffsets[spent] as number;
      const wait = planned - (attemptOffsets[spent - 1] as number);
      const at = nextAttemptAt({ startedAt: 0, spent, retryAfterMs: undefined }, 0, () => random) as number;
      expect(Math.abs(at - planned)).toBeLessThanOrEqual(0.2 * wait + 1);
    }
  });

  it.each([
    ['that asks for more than the schedule', 60 * second, 60 * second],
    ['that asks for less than the schedule', 2 * second, 5 * second],
    ['of a week is a day', 7 * 24 * hour, 24 * hour],
    ['of nothing is a second, which the schedule exceeds', 0, 5 * second],
  ])('a Retry-After %s', (_, retryAfterMs, expected) => {
    expect(nextAttemptAt({ startedAt: 0, spent: 1, retryAfterMs }, 0, () => 0.5)).toBe(expected);
  });

  it('a Retry-After brings no attempt back to a delivery that has had all', () => {
    const spent = attemptOffsets.length;
    expect(nextAttemptAt({ startedAt: 0, spent, retryAfterMs: 1000 }, 0, () => 0.5)).toBeNull();
  });
});

describe('the breaker', () => {
  const observed = (signs: readonly Sign[], health: SinkHealth = unproven, at = 0) =>
    signs.reduce((known, sign) => observe(known, sign, at, null), health);
  const mixed = (well: number, ill: number): Sign[] => [
    ...Array.from({ length: well }, (): Sign => 'WELL'),
    ...Array.from({ length: ill }, (): Sign => 'ILL'),
  ];

  it.each([
    [0, 9, 'stays closed: nine attempts say too little'],
    [0, 10, 'opens'],
    [3, 7, 'opens'],
    [4, 6, 'stays closed'],
    [10, 10, 'stays closed'],
  ])('after %i attempts that went well and %i that failed %s', (well, ill, words) => {
    expect(observed(mixed(well, ill)).openUntil !== null).toBe(words === 'opens');
  });

  it('forgets attempts of more than ten minutes ago', () => {
    const old = observed(mixed(0, 9));
    expect(observed(['ILL'], old, 11 * minute).openUntil).toBeNull();
  });

  it('lets nothing through while it is open, then one probe at a time; a probe that fails makes the pause longer', () => {
    const open = observed(mixed(0, 10));
    expect([allowance(open, 4, 29 * second), allowance(open, 4, 30 * second)]).toEqual([0, 1]);
    expect(allowance({ ...open, probeUntil: 60 * second }, 4, 31 * second)).toBe(0);
    const again = observed(['ILL'], open, 30 * second);
    expect(availableAt(again)).toBe(90 * second);
    const long = Array.from({ length: 9 }).reduce<SinkHealth>(
      (health) => observed(['ILL'], health, availableAt(health)),
      again,
    );
    expect(availableAt(observed(['ILL'], long, availableAt(long))) - availableAt(long)).toBe(10 * minute);
  });

  it('closes with the first probe that goes well, and knows nothing of what was before', () => {
    const closed = observed(['WELL'], observed(mixed(0, 10)), minute);
    expect([allowance(closed, 4, minute), closed.trips]).toEqual([4, 0]);
    expect(observed(mixed(0, 8), closed, minute).openUntil).toBeNull();
  });

  it('attempts that were under way when it opened do not make it open twice', () => {
    const open = observed(mixed(0, 10));
    expect(observed(['ILL', 'ILL', 'ILL'], open, 5 * second)).toMatchObject({ openUntil: open.openUntil, trips: 1 });
  });

  it('a receiver that is busy is neither well nor ill, and is left alone for as long as it asks', () => {
    const busy = observe(unproven, 'BUSY', 0, 30 * second);
    expect([busy.recent.length, allowance(busy, 4, 29 * second), allowance(busy, 4, 30 * second)]).toEqual([0, 0, 4]);
  });
});
