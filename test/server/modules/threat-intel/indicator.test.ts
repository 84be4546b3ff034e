import { describe, expect, it } from 'vitest';
import {
  addressOf,
  domainOf,
  entriesOfAddress,
  entriesOfDomain,
} from '../../../../server/modules/threat-intel/indicator.ts';

describe('addressOf', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:9001', '192.0.2.1'],
    ['[2001:DB8:0::1]:9001', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['192.0.2.1/32', '192.0.2.1'],
    ['2001:db8::/32', '2001:db8::/32'],
    ['10.0.0.0/8', '10.0.0.0/8'],
  ])('spells %s as %s', (text, value) => {
    expect(addressOf(text)).toBe(value);
  });

  it.each(['', 'evil.example', '192.0.2', '192.0.2.256', '0.0.0.0/0', '0.0.0.0/7', '::/0', '2001::/15', '<html>'])(
    'takes %j for none',
    (text) => {
      expect(addressOf(text)).toBeNull();
    },
  );
});

describe('domainOf', () => {
  it.each([
    ['Evil.Example.', 'evil.example'],
    ['*.evil.example', 'evil.example'],
    ['xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
    ['münchen.example', 'xn--mnchen-3ya.example'],
    ['_dmarc.evil.example', '_dmarc.evil.example'],
  ])('spells %s as %s', (text, value) => {
    expect(domainOf(text)).toBe(value);
  });

  it.each([
    '',
    'com',
    '192.0.2.1',
    '1.2.3.4.5',
    'a b.example',
    'http://evil.example/',
    '-a.example',
    `${'a'.repeat(64)}.example`,
    '..',
  ])('takes %j for none', (text) => {
    expect(domainOf(text)).toBeNull();
  });
});

describe('what an address or domain is looked up by', () => {
  it('is an address and the ranges around it that lists have', () => {
    expect(entriesOfAddress('192.0.2.77', [16, 24, 48])).toEqual(['192.0.2.77', '192.0.0.0/16', '192.0.2.0/24']);
    expect(entriesOfAddress('2001:db8::1', [32])).toEqual(['2001:db8::1', '2001:db8::/32']);
  });

  it('is a domain and those above it', () => {
    expect(entriesOfDomain('a.b.evil.example')).toEqual(['a.b.evil.example', 'b.evil.example', 'evil.example']);
  });
});
