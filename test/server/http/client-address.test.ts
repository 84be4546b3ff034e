import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCidrs } from '../../../server/cidr.ts';
import { createClientAddress } from '../../../server/http/client-address.ts';

const trustedProxies = readCidrs('10.0.0.0/24, 2001:db8:1::/48');

function from(remoteAddress: string | undefined, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress }, headers } as unknown as IncomingMessage;
}

describe('the address of a client', () => {
  it.each([
    ['203.0.113.5', undefined, '203.0.113.5'],
    ['::ffff:203.0.113.5', undefined, '203.0.113.5'],
    [undefined, undefined, '0.0.0.0'],
    // From no proxy: whatever the header says.
    ['203.0.113.5', '198.51.100.1', '203.0.113.5'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['2001:db8:1::1', '2001:DB8:2::7', '2001:db8:2::7'],
    ['10.0.0.1', '192.0.2.66, 198.51.100.1', '198.51.100.1'],
    ['10.0.0.1', '192.0.2.66, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
    ['10.0.0.1', '198.51.100.1:5123', '198.51.100.1'],
    ['10.0.0.1', '[2001:db8:2::7]:5123', '2001:db8:2::7'],
    // What is no address is where belief ends.
    ['10.0.0.1', '198.51.100.1, unknown', '10.0.0.1'],
    ['10.0.0.1', '198.51.100.1, unknown, 10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '', '10.0.0.1'],
  ])('of a connection from %s that says %j is %s', (remote, forwarded, expected) => {
    expect(createClientAddress({ trustedProxies })(from(remote, forwarded))).toBe(expected);
  });

  it('is that of the connection whatever is forwarded, where no proxy is set', () => {
    const addressOf = createClientAddress({ trustedProxies: [] });
    fc.assert(
      fc.property(fc.ipV4(), fc.string(), (remote, forwarded) => {
        expect(addressOf(from(remote, forwarded))).toBe(remote);
      }),
    );
  });

  it('cannot be set by the client, however long the list it begins', () => {
    const addressOf = createClientAddress({ trustedProxies });
    fc.assert(
      fc.property(fc.array(fc.ipV4(), { maxLength: 40 }), (forged) => {
        expect(addressOf(from('10.0.0.1', [...forged, '198.51.100.1'].join(', ')))).toBe('198.51.100.1');
      }),
    );
  });
});
