import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCidr } from '../../server/cidr.ts';
import { canonicalIp, ipKey } from '../../server/ip-address.ts';

describe('parseCidr', () => {
  it.each([
    ['10.0.0.0/24', '10.0.0.0/24', '10.0.0.0', '10.0.0.255', 120],
    [' 10.0.0.77/24 ', '10.0.0.0/24', '10.0.0.0', '10.0.0.255', 120],
    ['192.168.1.1/32', '192.168.1.1/32', '192.168.1.1', '192.168.1.1', 128],
    ['1.2.3.4/0', '0.0.0.0/0', '0.0.0.0', '255.255.255.255', 96],
    ['2001:DB8::1/32', '2001:db8::/32', '2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff', 32],
    ['::/0', '::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 0],
  ])('reads %s', (text, cidr, low, high, prefix) => {
    expect(parseCidr(text)).toEqual({ cidr, lowKey: ipKey(low), highKey: ipKey(high), prefix });
  });

  it.each([
    '',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0/24',
    '::/129',
    '10.0.0.0/24/8',
    'x/8',
    '::ffff:10.0.0.0/24',
  ])('refuses %j', (text) => {
    expect(parseCidr(text)).toBeNull();
  });

  it('holds the address it was made of, and reads itself again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), (ip, length) => {
        const range = parseCidr(`${ip}/${length}`);
        fc.pre(range !== null);
        const key = ipKey(canonicalIp(ip)!);
        expect(range.lowKey <= key && key <= range.highKey).toBe(true);
        expect(parseCidr(range.cidr)).toEqual(range);
      }),
    );
  });
});
