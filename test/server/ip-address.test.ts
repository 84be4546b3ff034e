import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalIp, ipKey } from '../../server/ip-address.ts';

describe('ipKey', () => {
  it.each([
    ['10.0.0.25', '00000000-0000-0000-0000-ffff0a000019'],
    ['0.0.0.0', '00000000-0000-0000-0000-ffff00000000'],
    ['255.255.255.255', '00000000-0000-0000-0000-ffffffffffff'],
    ['::', '00000000-0000-0000-0000-000000000000'],
    ['::1', '00000000-0000-0000-0000-000000000001'],
    ['2001:db8::1', '20010db8-0000-0000-0000-000000000001'],
    ['2001:db8:0:1:1:1:1:1', '20010db8-0000-0001-0001-000100010001'],
    ['fe80::1%eth0', 'fe800000-0000-0000-0000-000000000001'],
    ['64:ff9b::10.0.0.1', '0064ff9b-0000-0000-0000-00000a000001'],
  ])('of %s is %s', (ip, key) => {
    expect(ipKey(ip)).toBe(key);
  });

  it.each([[['10.0.0.9', '10.0.0.10', '10.0.0.100', '10.0.1.1', '192.168.0.1', '2001:db8::', 'fe80::1']]])(
    'sorts %j as numbers',
    (ips) => {
      expect(ips.toSorted((left, right) => (ipKey(left) < ipKey(right) ? -1 : 1))).toEqual(ips);
    },
  );

  it('tells every two addresses apart, whatever their spelling', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => canonicalIp(text)!);
    fc.assert(
      fc.property(address, address, (left, right) => {
        expect(ipKey(left) === ipKey(right)).toBe(left === right);
        expect(ipKey(left)).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      }),
    );
  });
});
