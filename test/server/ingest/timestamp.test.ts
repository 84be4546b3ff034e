import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from '../../../server/ingest/timestamp.ts';

const at = Date.UTC(2026, 10, 21, 6, 51, 1);

describe('parseTimestamp', () => {
  it.each([
    // As Wazuh writes them.
    ['2026-11-21T06:51:01+0000', at],
    ['2026-11-21T06:51:01.224+0000', at + 224],
    ['2026-11-21T06:51:01.224939+0000', at + 224],
    // RFC 3339 and ISO 8601.
    ['2026-11-21T06:51:01Z', at],
    ['2026-11-21t06:51:01z', at],
    ['2026-11-21 06:51:01Z', at],
    ['2026-11-21T06:51:01.2Z', at + 200],
    ['2026-11-21T06:51:01,224Z', at + 224],
    ['2026-11-21T06:51:01.123456789Z', at + 123],
    ['2026-11-21T08:51:01+02:00', at],
    ['2026-11-21T08:51:01+02', at],
    ['2026-11-21T01:06:01-0545', at],
    ['2026-11-21T06:51', at - 1000],
    ['2026-11-21', Date.UTC(2026, 10, 21)],
    // Without a zone it is UTC, whatever the zone of this machine.
    ['2026-11-21T06:51:01', at],
    ['  2026-11-21T06:51:01Z\n', at],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    // A leap second is the first of the next minute.
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['1970-01-01T00:00:00Z', 0],
    ['9999-12-30T23:59:59Z', Date.UTC(9999, 11, 30, 23, 59, 59)],
    // Epoch times.
    [at / 1000, at],
    [at / 1000 + 0.5, at + 500],
    [at, at],
    [at * 1000, at],
    [at * 1e6, at],
    [String(at / 1000), at],
    [String(at), at],
    [`${at / 1000}.224`, at + 224],
    [`${at}000000`, at],
    [0, 0],
  ])('reads %j', (value, instant) => {
    expect(parseTimestamp(value)).toBe(instant);
  });

  it.each([
    '2026-02-30T00:00:00Z',
    '2025-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T06:60:00Z',
    '2026-11-21T06:51:61Z',
    '2026-11-21T06:51:01+24:00',
    '2026-11-21T06:51:01+02:60',
    '2026-11-21T06:51:01.Z',
    '2026-11-21T06:51:01ZZ',
    '2026-11-21T',
    '21/Nov/2026:06:51:01 +0000',
    'Nov 21 06:51:01',
    '26-11-21',
    '1969-12-31T23:59:59Z',
    '0000-00-00T00:00:00Z',
    'yesterday',
    '',
    ' ',
    '12345678',
    '-1700000000',
    '1e12',
    '0x6560',
    -1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e300,
    null,
    undefined,
    true,
    {},
    [at],
  ])('refuses %j', (value) => {
    expect(parseTimestamp(value)).toBeUndefined();
  });

  it('agrees with Date.parse on every RFC 3339 time', () => {
    const two = (most: number, least = 0) =>
      fc.integer({ min: least, max: most }).map((n) => String(n).padStart(2, '0'));
    const zone = fc.oneof(
      fc.constant('Z'),
      fc
        .tuple(fc.constantFrom('+', '-'), two(23), two(59))
        .map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
    );
    const fraction = fc.oneof(fc.constant(''), fc.stringMatching(/^\.\d{1,9}$/));
    const parts = fc.tuple(
      fc.integer({ min: 1971, max: 9998 }),
      two(12, 1),
      two(28, 1),
      two(23),
      two(59),
      two(59),
      fraction,
      zone,
    );
    fc.assert(
      fc.property(parts, ([year, month, day, hour, minute, second, decimals, offset]) => {
        const text = `${year}-${month}-${day}T${hour}:${minute}:${second}${decimals}${offset}`;
        expect(parseTimestamp(text)).toBe(Date.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with itself on epoch seconds with three decimals, as a text and as a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e11, max: 4e12 }), (ms) => {
        const text = `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}`;
        expect([parseTimestamp(text), parseTimestamp(Number(text))]).toEqual([ms, ms]);
      }),
      { numRuns: 1000 },
    );
  });

  it('never throws, and answers a whole number of milliseconds or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.string(), fc.double()), (value) => {
        const time = parseTimestamp(value);
        expect(time === undefined || Number.isInteger(time)).toBe(true);
      }),
    );
  });
});
