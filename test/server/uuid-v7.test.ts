import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isUuid, timeOfUuidV7, uuidV7 } from '../../server/uuid-v7.ts';
import { laterThanAnyId } from '../support/id-clock.ts';

/** Later than anything another test has asked for. */
let later = laterThanAnyId(Date.UTC(2027, 0, 1));
const nextTime = () => {
  later += 100_000;
  return later;
};

describe('uuidV7', () => {
  it('has version 7 and variant 10 in the canonical spelling', () => {
    for (let count = 0; count < 1000; count++) {
      expect(uuidV7(Date.now())).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('begins with its time, which timeOfUuidV7 reads back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), (step) => {
        later += step;
        expect(timeOfUuidV7(uuidV7(later))).toBe(later);
      }),
    );
  });

  it('gives 20,000 ids of one millisecond in order, none twice, and less than 10 ms ahead of the clock', () => {
    const now = nextTime();
    const ids = Array.from({ length: 20_000 }, () => uuidV7(now));

    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    expect(timeOfUuidV7(ids.at(-1)!) - now).toBeLessThan(10);
  });

  it('goes on in order when the clock steps back', () => {
    const before = uuidV7(nextTime());
    const after = uuidV7(later - 50_000);

    expect(after > before).toBe(true);
  });

  it('is in order whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 200 }), (steps) => {
        let now = nextTime();
        const ids = steps.map((step) => {
          now += step;
          return uuidV7(now);
        });
        expect(ids).toEqual([...ids].sort());
      }),
    );
  });

  it('differs in its 62 random bits', () => {
    const now = nextTime();
    const random = Array.from({ length: 4000 }, () => uuidV7(now).slice(19).replaceAll('-', ''));

    expect(new Set(random).size).toBe(random.length);
    for (let place = 1; place < 16; place++) {
      expect(new Set(random.map((digits) => digits[place])).size).toBe(16);
    }
  });
});

describe('isUuid', () => {
  it.each([
    ['019aa5c2-3c00-7000-8000-000000000000', true],
    ['00000000-0000-0000-0000-000000000000', true],
    ['019AA5C2-3C00-7000-8000-000000000000', false],
    ['019aa5c23c0070008000000000000000', false],
    ['{019aa5c2-3c00-7000-8000-000000000000}', false],
    ['019aa5c2-3c00-7000-8000-00000000000', false],
    ['019aa5c2-3c00-7000-8000-000000000000\n', false],
    ['', false],
  ])('of %j is %s', (text, answer) => {
    expect(isUuid(text)).toBe(answer);
  });
});
