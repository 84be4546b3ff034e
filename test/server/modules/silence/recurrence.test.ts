import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { earlierStart, readRule, turnAt } from '../../../../server/modules/silence/recurrence.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const berlin = 'Europe/Berlin';
const at = (text: string) => Date.parse(text);

const show = (turn: { fromMs: number; toMs: number } | undefined) =>
  turn && [new Date(turn.fromMs).toISOString().slice(0, 16), new Date(turn.toMs).toISOString().slice(0, 16)];

describe('a rule', () => {
  it.each([
    ['FREQ=DAILY', { weekly: false, interval: 1, weekdays: [] }],
    ['rrule:freq=weekly;byday=mo,SU;interval=2', { weekly: true, interval: 2, weekdays: [0, 6] }],
  ])('is read: %s', (text, rule) => {
    expect(readRule(text)).toEqual(rule);
  });

  it.each([
    '',
    'FREQ=MONTHLY',
    'INTERVAL=2',
    'FREQ=DAILY;COUNT=3',
    'FREQ=DAILY;FREQ=DAILY',
    'FREQ=DAILY;',
    'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=367',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=WEEKLY;BYDAY=',
    'FREQ=DAILY=WEEKLY',
  ])('is refused rather than read in part: %j', (text) => {
    expect(() => readRule(text)).toThrow(/^recurrence: the rule (?:may|must) /);
  });
});

describe('a turn', () => {
  const nights = { rule: 'FREQ=DAILY', durationMinutes: 8 * 60 };
  // 22:00 of Berlin's winter.
  const firstNight = at('2026-01-05T21:00Z');

  it.each([
    ['a winter night', '2026-02-01T21:00Z', ['2026-02-01T21:00', '2026-02-02T05:00']],
    ['a winter night, its last minute', '2026-02-02T04:59Z', ['2026-02-01T21:00', '2026-02-02T05:00']],
    ['the morning, its end being exclusive', '2026-02-02T05:00Z', undefined],
    ['a summer night', '2026-07-01T23:00Z', ['2026-07-01T20:00', '2026-07-02T04:00']],
    ['the night that is an hour short', '2026-03-29T03:59Z', ['2026-03-28T21:00', '2026-03-29T04:00']],
    ['its morning', '2026-03-29T04:00Z', undefined],
    ['the night that is an hour long', '2026-10-25T04:59Z', ['2026-10-24T20:00', '2026-10-25T05:00']],
    ['before the first night', '2026-01-05T20:59Z', undefined],
  ])('from 22:00 for eight hours ends at 06:00 of the clock on the wall: %s', (_when, instant, turn) => {
    expect(show(turnAt(nights, firstNight, berlin, at(instant)))).toEqual(turn);
  });

  it('at a time that clocks skip begins as late as if they had not been put forward, and at one that comes twice at the first', () => {
    const early = { rule: 'FREQ=DAILY', durationMinutes: 15 };
    const start = at('2026-01-01T01:30Z');
    const turn = (instant: string) => show(turnAt(early, start, berlin, at(instant)));
    expect(turn('2026-03-29T01:35Z')).toEqual(['2026-03-29T01:30', '2026-03-29T01:45']);
    expect(turn('2026-10-25T00:35Z')).toEqual(['2026-10-25T00:30', '2026-10-25T00:45']);
    expect(turn('2026-10-25T01:35Z')).toBeUndefined();
  });

  it('comes on its weekdays in every second week, whose first day is a Monday', () => {
    const weekends = { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SA,SU', durationMinutes: 24 * 60 };
    // A Wednesday: the first turn is the Saturday after.
    const start = at('2026-06-03T00:00Z');
    const days = Array.from({ length: 35 }, (_, day) => start + day * dayMs);
    const found = days.filter((day) => turnAt(weekends, start, 'UTC', day + hourMs));
    expect(found.map((day) => new Date(day).toISOString().slice(5, 10))).toEqual([
      '06-06',
      '06-07',
      '06-20',
      '06-21',
      '07-04',
      '07-05',
    ]);
  });

  it('without weekdays comes on that of the start', () => {
    const weekly = { rule: 'FREQ=WEEKLY', durationMinutes: 60 };
    const start = at('2026-06-03T12:00Z');
    expect(turnAt(weekly, start, 'UTC', start + 7 * dayMs)).toBeDefined();
    expect(turnAt(weekly, start, 'UTC', start + 6 * dayMs)).toBeUndefined();
  });

  it('that is longer than a day is found to its end', () => {
    const long = { rule: 'FREQ=WEEKLY;BYDAY=FR', durationMinutes: 60 * 60 };
    const start = at('2026-06-05T18:00Z');
    expect(show(turnAt(long, start, 'UTC', at('2026-06-15T05:59Z')))).toEqual(['2026-06-12T18:00', '2026-06-15T06:00']);
    expect(turnAt(long, start, 'UTC', at('2026-06-15T06:00Z'))).toBeUndefined();
  });
});

const rules = fc.record({
  rule: fc
    .tuple(fc.constantFrom('DAILY', 'WEEKLY'), fc.integer({ min: 1, max: 4 }), fc.constantFrom('', ';BYDAY=MO,TH,SU'))
    .map(([frequency, interval, days]) => `FREQ=${frequency};INTERVAL=${interval}${days}`),
  durationMinutes: fc.integer({ min: 1, max: 3000 }),
});
const zones = fc.constantFrom('UTC', berlin, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
const instants = fc.integer({ min: at('2025-01-01T00:00Z') / 60_000, max: at('2027-01-01T00:00Z') / 60_000 });

describe('any rule', () => {
  it('finds a turn only for instants in it', () => {
    fc.assert(
      fc.property(rules, zones, instants, instants, (recurrence, zone, start, minute) => {
        const turn = turnAt(recurrence, start * 60_000, zone, minute * 60_000);
        if (!turn) return;
        expect(turn.fromMs).toBeLessThanOrEqual(minute * 60_000);
        expect(turn.toMs).toBeGreaterThan(minute * 60_000);
      }),
    );
  });

  it('has the same turns from an earlier start, once those before the first are over', () => {
    fc.assert(
      fc.property(rules, zones, instants, fc.integer({ min: 0, max: 90 }), (recurrence, zone, start, days) => {
        const startMs = start * 60_000;
        const untilMs = startMs - days * dayMs;
        const earlier = earlierStart(recurrence, startMs, zone, untilMs);
        expect(earlier).toBeLessThan(untilMs);
        for (let hour = 60; hour < 24 * 40; hour += 7) {
          const instant = startMs + hour * hourMs;
          expect(turnAt(recurrence, earlier, zone, instant)).toEqual(turnAt(recurrence, startMs, zone, instant));
        }
      }),
      { numRuns: 30 },
    );
  });
});
