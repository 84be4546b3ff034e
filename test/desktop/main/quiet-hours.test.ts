import { describe, expect, it } from 'vitest';
import { quietUntil } from '../../../desktop/main/quiet-hours.ts';

const night = { isOn: true, from: '22:00', to: '06:00', isCriticalLoud: true };
const berlin = 'Europe/Berlin';

describe('quietUntil', () => {
  it.each([
    ['an afternoon', '2026-01-14T15:00:00Z', undefined],
    ['the second before they begin', '2026-01-14T20:59:59Z', undefined],
    ['their beginning', '2026-01-14T21:00:00Z', '2026-01-15T05:00:00Z'],
    ['midnight', '2026-01-14T23:00:00Z', '2026-01-15T05:00:00Z'],
    ['the last second', '2026-01-15T04:59:59.999Z', '2026-01-15T05:00:00Z'],
    ['their end, which is no longer quiet', '2026-01-15T05:00:00Z', undefined],
    // Clocks are put forward at 01:00Z on 29 March, back at 01:00Z on 25 October: one night of 7 hours, one of 9.
    ['the night that loses an hour', '2026-03-28T21:00:00Z', '2026-03-29T04:00:00Z'],
    ['its last second', '2026-03-29T03:59:59Z', '2026-03-29T04:00:00Z'],
    ['its end', '2026-03-29T04:00:00Z', undefined],
    ['the night that gains an hour', '2026-10-24T20:00:00Z', '2026-10-25T05:00:00Z'],
    ['its last second', '2026-10-25T04:59:59Z', '2026-10-25T05:00:00Z'],
    ['its end', '2026-10-25T05:00:00Z', undefined],
  ])('from 22:00 to 06:00 in Berlin, at %s (%s)', (_, now, until) => {
    expect(quietUntil(night, new Date(now), berlin)?.toISOString()).toBe(until && new Date(until).toISOString());
  });

  it.each([
    ['an end that is skipped comes when the clocks are put forward', '00:00', '02:30', '2026-03-29T00:59:59Z', true],
    ['and not later', '00:00', '02:30', '2026-03-29T01:00:00Z', false],
    ['a beginning that is skipped comes then, too', '02:30', '05:00', '2026-03-29T01:00:00Z', true],
    ['and not sooner', '02:30', '05:00', '2026-03-29T00:59:59Z', false],
    ['an end that comes twice counts the first time', '22:00', '02:30', '2026-10-25T00:29:59Z', true],
    ['and is over then', '22:00', '02:30', '2026-10-25T00:30:00Z', false],
    ['also in the hour that is had again', '22:00', '02:30', '2026-10-25T01:15:00Z', false],
    ['a beginning that comes twice counts the first time', '02:30', '05:00', '2026-10-25T00:30:00Z', true],
    ['and holds through the hour that is had again', '02:30', '05:00', '2026-10-25T01:10:00Z', true],
  ])('%s (%s to %s, %s)', (_, from, to, now, isQuiet) => {
    expect(quietUntil({ ...night, from, to }, new Date(now), berlin) !== undefined).toBe(isQuiet);
  });

  it.each([
    ['that are off', { isOn: false }],
    ['that end as they begin', { to: '22:00' }],
  ])('hours %s are never quiet', (_, change) => {
    expect(quietUntil({ ...night, ...change }, new Date('2026-01-14T23:00:00Z'), berlin)).toBeUndefined();
  });

  it('within a day, and in a zone of half an hour', () => {
    const lunch = { ...night, from: '12:00', to: '13:30' };
    expect(quietUntil(lunch, new Date('2026-01-14T06:30:00Z'), 'Asia/Kolkata')?.toISOString()).toBe(
      '2026-01-14T08:00:00.000Z',
    );
    expect(quietUntil(lunch, new Date('2026-01-14T08:00:00Z'), 'Asia/Kolkata')).toBeUndefined();
  });

  it('ends exactly once between any two ends, whatever the night: every half hour of a year', () => {
    let ends = 0;
    let wasQuiet = false;
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 1_800_000) {
      const isQuiet = quietUntil(night, new Date(at), 'Australia/Lord_Howe') !== undefined;
      if (wasQuiet && !isQuiet) ends += 1;
      wasQuiet = isQuiet;
    }
    expect(ends).toBe(365);
  });
});
