import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localTimeOf } from '../../../../rest-compat/intrudect/wire/local-time.ts';

const berlin = localTimeOf('Europe/Berlin');

describe('localTimeOf', () => {
  it.each([
    ['2026-06-03T08:30:00.999Z', '2026-06-03 10:30:00'],
    ['2026-01-01T00:00:00Z', '2026-01-01 01:00:00'],
    ['2025-12-31T23:00:00Z', '2026-01-01 00:00:00'],
  ])('writes %s as %s', (instant, text) => {
    expect(berlin.write(instant)).toBe(text);
    expect(berlin.write(new Date(instant))).toBe(text);
  });

  it('reads a time that comes twice as the earlier', () => {
    expect(berlin.read('2026-10-25 02:30:00')).toEqual(new Date('2026-10-25T00:30:00Z'));
    expect(berlin.write('2026-10-25T01:30:00Z')).toBe('2026-10-25 02:30:00');
  });

  it('reads a time that clocks skip as if they had not been put forward yet', () => {
    expect(berlin.read('2026-03-29 02:30:00')).toEqual(new Date('2026-03-29T01:30:00Z'));
    expect(localTimeOf('Australia/Lord_Howe').read('2026-10-04 02:15:00')).toEqual(new Date('2026-10-03T15:45:00Z'));
  });

  it.each([
    '',
    '2026-06-03',
    '2026-06-03 10:30',
    '2026-06-03T10:30:00',
    '2026-02-29 10:00:00',
    '2026-06-03 24:00:00',
    '10 kB',
  ])('does not read %j', (text) => {
    expect(berlin.read(text)).toBeUndefined();
  });

  it.each(['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia'])(
    'reads in %s what it writes, or the earlier time that is written so',
    (zone) => {
      const time = localTimeOf(zone);
      const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
      fc.assert(
        fc.property(seconds, (second) => {
          const text = time.write(new Date(second * 1000));
          const read = time.read(text);
          expect(read && time.write(read)).toBe(text);
          expect(read?.getTime()).toBeLessThanOrEqual(second * 1000);
        }),
      );
    },
  );
});
