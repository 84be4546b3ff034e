import { describe, expect, it } from 'vitest';
import { absoluteTime, relativeTime } from '../../../desktop/renderer/relative-time.ts';

const now = new Date('2026-03-01T12:00:00Z');

describe('relativeTime', () => {
  it.each([
    ['2026-03-01T12:00:00.000Z', 'now'],
    ['2026-03-01T11:59:01.000Z', 'now'],
    ['2026-03-01T11:59:00.000Z', '1 min. ago'],
    ['2026-03-01T11:01:00.000Z', '59 min. ago'],
    ['2026-03-01T10:30:00.000Z', '1 hr. ago'],
    ['2026-02-28T12:00:00.000Z', 'yesterday'],
    ['2026-02-01T12:00:00.000Z', '28 days ago'],
    ['2026-03-01T12:05:00.000Z', 'in 5 min.'],
  ])('says of %s: %s', (instant, words) => {
    expect(relativeTime(new Date(instant), now, 'en')).toBe(words);
  });

  it("says it in the reader's language", () => {
    expect(relativeTime(new Date('2026-03-01T11:00:00Z'), now, 'de')).toBe('vor 1 Std.');
  });
});

describe('absoluteTime', () => {
  it('names the date, the time and the zone', () => {
    expect(absoluteTime(now, 'en-GB')).toMatch(/^Sunday,? 1 March 2026 at \d\d:\d\d:\d\d \S+/);
  });
});
