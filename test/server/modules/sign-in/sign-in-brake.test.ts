import { beforeEach, describe, expect, it } from 'vitest';
import { SignInBrake } from '../../../../server/modules/sign-in/sign-in-brake.ts';

let now = 0;
let brake: SignInBrake;

beforeEach(() => {
  now = 1_000_000;
  brake = new SignInBrake(() => now);
});

let senders = 0;
const elsewhere = () => `198.51.${++senders >> 8}.${senders & 255}`;

describe('the brake on sign-ins', () => {
  it('makes who guesses at an account wait twice as long each time, wherever the guesses come from', () => {
    const waits: number[] = [];
    for (let tries = 0; tries < 11; tries++) {
      expect(brake.admit(elsewhere(), 'ann')).toBe(0);
      const wait = brake.admit(elsewhere(), 'ann');
      if (wait === 0) continue;
      waits.push(wait);
      now += wait;
    }
    // Two tries each until the first wait: the third of all costs the first one.
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
    expect(brake.admit(elsewhere(), 'ben')).toBe(0);
  });

  it('does not count what waits', () => {
    for (let tries = 0; tries < 3; tries++) brake.admit(elsewhere(), 'ann');
    for (let tries = 0; tries < 100; tries++) expect(brake.admit('192.0.2.1', 'ann')).toBe(1000);
    now += 1000;
    expect(brake.admit('192.0.2.1', 'ann')).toBe(0);
  });

  it('forgets wrong tries at an account with a right one, and an hour after the last', () => {
    for (let tries = 0; tries < 4; tries++) {
      expect(brake.admit(elsewhere(), 'ann')).toBe(0);
      expect(brake.admit('192.0.2.1', 'ann')).toBe(0);
      if (tries % 2 === 0) brake.succeed('192.0.2.1', 'ann');
      else now += 3_600_000;
    }
  });

  it('takes ten wrong tries a minute from an address, and any number of right ones', () => {
    for (let tries = 0; tries < 50; tries++) {
      expect(brake.admit('192.0.2.1', 'ann')).toBe(0);
      brake.succeed('192.0.2.1', 'ann');
    }
    now += 10_000;
    for (let tries = 0; tries < 10; tries++) expect(brake.admit('192.0.2.1', `user ${tries}`)).toBe(0);
    now += 1000;
    expect(brake.admit('192.0.2.1')).toBeGreaterThan(0);
    expect(brake.admit('192.0.2.2')).toBe(0);
    now += brake.admit('192.0.2.1', 'ann');
    expect(brake.admit('192.0.2.1', 'ann')).toBe(0);
  });

  it('counts the IPv6 addresses that one network has as one', () => {
    for (let tries = 0; tries < 10; tries++) expect(brake.admit(`2001:db8:1:2:${tries}::1`)).toBe(0);
    expect(brake.admit('2001:db8:1:2:ffff::')).toBeGreaterThan(0);
    expect(brake.admit('2001:db8:1:3::1')).toBe(0);
  });

  it('forgets those not seen for longest when there are too many', () => {
    for (let tries = 0; tries < 10; tries++) brake.admit('192.0.2.1');
    for (let other = 0; other < 9_999; other++) brake.admit(`address ${other}`);
    expect(brake.admit('192.0.2.1')).toBeGreaterThan(0);
    brake.admit('one more');
    expect(brake.admit('192.0.2.1')).toBe(0);
  });
});
