import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '../../../server/http/rate-limits.ts';
import { TokenBuckets } from '../../../server/http/token-buckets.ts';

describe('TokenBuckets', () => {
  it('give what has gathered at once, then one at a time, and say when the next one is there', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perSecond: 2, burstSeconds: 5 }, 10, () => now);
    const taken = Array.from({ length: 11 }, () => buckets.take('a'));
    expect(taken).toEqual([...Array(10).fill(0), 0.5]);
    now += 499;
    expect(buckets.take('a')).toBeCloseTo(0.001);
    now += 1;
    expect([buckets.take('a'), buckets.take('a'), buckets.take('b')]).toEqual([0, 0.5, 0]);
  });

  it('let through no more than the burst and the rate, whenever it is asked and whatever the clock does', () => {
    const steps = fc.array(fc.integer({ min: -2000, max: 3000 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 50 }), (waits, perSecond) => {
        let now = 1_000_000;
        let passedMs = 0;
        let served = 0;
        const buckets = new TokenBuckets({ perSecond, burstSeconds: 3 }, 10, () => now);
        for (const wait of waits) {
          now += wait;
          passedMs += Math.max(0, wait);
          if (buckets.take('a') === 0) served++;
        }
        expect(served).toBeLessThanOrEqual(perSecond * 3 + (passedMs / 1000) * perSecond + 1e-6);
      }),
    );
  });

  it('take no more memory than they may, and keep those that are in use while others are idle', () => {
    let now = 0;
    const buckets = new TokenBuckets({ perSecond: 1, burstSeconds: 1 }, 100, () => now);
    for (let who = 0; who < 90; who++) buckets.take(`idle ${who}`);
    now += 1000;
    buckets.take('busy');
    for (let who = 0; who < 50; who++) buckets.take(`new ${who}`);
    expect(buckets.size).toBeLessThanOrEqual(100);
    expect(buckets.take('busy')).toBeGreaterThan(0);
    for (let who = 0; who < 1000; who++) buckets.take(`flood ${who}`);
    expect(buckets.size).toBeLessThanOrEqual(100);
  });
});

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8::7', '2001:db8:0:0'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('of %s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});
