import { describe, expect, it } from 'vitest';
import { daysLeft } from '../../../../../desktop/renderer/screens/overview/figures.ts';

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
