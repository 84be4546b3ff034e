import { describe, expect, it } from 'vitest';
import { readClockTime } from '../../../server/ingest/clock-time.ts';

const received = Date.UTC(2026, 10, 21, 12);
const read = (text: string, at = received) => {
  const found = readClockTime(text, 0, at);
  return found && `${new Date(found.time).toISOString()} ${text.slice(found.end)}`;
};

describe('readClockTime', () => {
  it.each([
    ['Nov 21 06:51:01 host', '2026-11-21T06:51:01.000Z  host'],
    ['Nov  1 06:51:01.25 host', '2026-11-01T06:51:01.250Z  host'],
    ['Nov 21 2024 06:51:01: %ASA', '2024-11-21T06:51:01.000Z : %ASA'],
    ['Nov 21 06:51:01 2024 host', '2024-11-21T06:51:01.000Z  host'],
    ['Aug 24 05:34:00 CST 1987 mymachine', '1987-08-24T11:34:00.000Z  mymachine'],
    ['Nov 21 06:51:01 CET host', '2026-11-21T05:51:01.000Z  host'],
    ['Nov 21 06:51:01 HOST app:', '2026-11-21T06:51:01.000Z HOST app:'],
    ['Mar 03 2026 10:40:00 GMT-03:00', '2026-03-03T13:40:00.000Z '],
    ['2026-11-21T06:51:01+01:00 host', '2026-11-21T05:51:01.000Z  host'],
    ['2026-11-21 06:51:01,456 INFO', '2026-11-21T06:51:01.456Z INFO'],
    ['2026/11/21 06:51:01 [error]', '2026-11-21T06:51:01.000Z  [error]'],
    ['2026 Nov 21 06:51:01 x', '2026-11-21T06:51:01.000Z  x'],
    ['Sat Nov 21 06:51:01 UTC 2026 x', '2026-11-21T06:51:01.000Z  x'],
    ['Sat Nov 21 06:51:01 2026 +0100] x', '2026-11-21T05:51:01.000Z ] x'],
    ['21/Nov/2026:06:51:01 +0100] "GET', '2026-11-21T05:51:01.000Z ] "GET'],
    ['06-May-2021 09:59:37', '2021-05-06T09:59:37.000Z '],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each(['Nov 31 06:51:01', 'Foo 21 06:51:01', 'Nov 21 26:51:01', '2026-13-01 00:00:00', '2026-11-21', 'now', ''])(
    'finds none in "%s"',
    (text) => {
      expect(read(text)).toBeNull();
    },
  );

  it('gives a time without a year the latest year that is at most a day ahead', () => {
    expect(read('Nov 22 11:00:00')).toContain('2026-11-22');
    expect(read('Nov 22 13:00:00')).toContain('2025-11-22');
    expect(read('Dec 31 23:59:59', Date.UTC(2027, 0, 1))).toContain('2026-12-31');
    expect(read('Jan  1 00:00:10', Date.UTC(2026, 11, 31, 23))).toContain('2027-01-01');
    expect(read('Feb 29 10:00:00')).toContain('2024-02-29');
  });
});
