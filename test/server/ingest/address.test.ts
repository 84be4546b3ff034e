import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointOf, macOf } from '../../../server/ingest/address.ts';
import { canonicalIp } from '../../../server/ip-address.ts';

describe('canonicalIp', () => {
  it.each([
    ['10.0.0.1', '10.0.0.1'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:db8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['::1', '::1'],
    ['::', '::'],
    ['fe80::1%eth0', 'fe80::1%eth0'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['::FFFF:10.0.0.1', '10.0.0.1'],
    ['::ffff:0a00:0001', '10.0.0.1'],
    ['0:0:0:0:0:ffff:10.0.0.1', '10.0.0.1'],
  ])('spells %s as %s', (text, canonical) => {
    expect(canonicalIp(text)).toBe(canonical);
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.0.0.1',
    '10.0.0.1:80',
    '0x0a000001',
    '167772161',
    ':::',
    'localhost',
    ' 10.0.0.1',
    null,
    undefined,
  ])('finds no address in %j', (text) => {
    expect(canonicalIp(text)).toBeNull();
  });

  it('leaves its own spelling as it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const canonical = canonicalIp(text);
        expect(canonicalIp(canonical)).toBe(canonical);
      }),
    );
  });
});

describe('endpointOf', () => {
  it.each([
    [['10.0.0.1', undefined, undefined], { ip: '10.0.0.1', mac: null, port: null }],
    [['10.0.0.1', '443', undefined], { ip: '10.0.0.1', mac: null, port: 443 }],
    [['10.0.0.1', 443, 'aa-bb-cc-dd-ee-ff'], { ip: '10.0.0.1', mac: 'AA:BB:CC:DD:EE:FF', port: 443 }],
    [['192.168.10.21:80', undefined, undefined], { ip: '192.168.10.21', mac: null, port: 80 }],
    [['192.168.10.21:80', '8080', undefined], { ip: '192.168.10.21', mac: null, port: 8080 }],
    [['[2001:db8::1]:80', undefined, undefined], { ip: '2001:db8::1', mac: null, port: 80 }],
    [['2001:db8::1', 53, undefined], { ip: '2001:db8::1', mac: null, port: 53 }],
    [[' 10.0.0.1 ', '0', undefined], { ip: '10.0.0.1', mac: null, port: 0 }],
    [['10.0.0.1', '70000', undefined], { ip: '10.0.0.1', mac: null, port: null }],
    [['10.0.0.1', '', undefined], { ip: '10.0.0.1', mac: null, port: null }],
    [['10.0.0.1', 'https', undefined], { ip: '10.0.0.1', mac: null, port: null }],
    [['host.example', undefined, undefined], { ip: null, mac: null, port: null }],
    [['300.0.0.1:80', undefined, undefined], { ip: null, mac: null, port: null }],
    [[undefined, undefined, undefined], { ip: null, mac: null, port: null }],
    [[{ ip: '10.0.0.1' }, undefined, undefined], { ip: null, mac: null, port: null }],
  ])('of %j', ([address, port, mac], endpoint) => {
    expect(endpointOf(address, port, mac)).toEqual(endpoint);
  });

  it.each([[[80]], [[]], [true], [' '], ['0x50'], ['1e2'], [80.5], [-1]])('takes no port from %j', (port) => {
    expect(endpointOf('10.0.0.1', port, undefined)).toEqual({ ip: '10.0.0.1', mac: null, port: null });
  });
});

describe('macOf', () => {
  it.each([
    ['00:1b:44:11:3a:b7', '00:1B:44:11:3A:B7'],
    ['00-1B-44-11-3A-B7', '00:1B:44:11:3A:B7'],
    ['001b44113ab7', null],
    ['00:1b:44:11:3a', null],
    ['00:1b:44:11:3a:gg', null],
    [17, null],
    [null, null],
  ])('of %j is %j', (text, mac) => {
    expect(macOf(text)).toBe(mac);
  });
});
