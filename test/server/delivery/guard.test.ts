import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Cidr, parseCidr } from '../../../server/cidr.ts';
import { AddressGuard, type ResolvedAddress } from '../../../server/delivery/guard.ts';
import { createSenders } from '../../../server/delivery/senders/senders.ts';
import { deliveryConfig } from '../../support/delivery-config.ts';
import { Receiver } from '../../support/http-receiver.ts';
import { sinkNotification } from '../../support/sink-notification.ts';

const canary = await Receiver.start();
afterAll(() => canary[Symbol.asyncDispose]());

const cidrs = (...texts: string[]): Cidr[] => texts.map((text) => parseCidr(text)!);
const v4 = (address: string): ResolvedAddress => ({ address, family: 4 });
const v6 = (address: string): ResolvedAddress => ({ address, family: 6 });

/** One attempt at a URL, by a sender that asks this name server. */
function attempt(
  url: string,
  resolve: (hostname: string) => readonly ResolvedAddress[] = () => [],
  allowCidrs: readonly Cidr[] = [],
) {
  const senders = createSenders({
    ...deliveryConfig,
    sinkAllowCidrs: allowCidrs,
    now: Date.now,
    resolve: async (hostname) => resolve(hostname),
  });
  const target = { kind: 'WEBHOOK', url, signingSecrets: [], headers: {} } as const;
  return senders.send(sinkNotification(), target, AbortSignal.timeout(5000));
}

const denied = expect.stringContaining('Sinks may not reach');

/** Spellings of hosts that are addresses to the URL parser, or to a name server that is asked. */
const literals = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '127.255.255.254',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
  ],
  ...[
    '0x7f.0x0.0x0.0x1',
    '127.0.0.1.',
    '%31%32%37.0.0.1',
    '１２７.0.0.1',
    '127。0。0。1',
    '①②⑦.0.0.1',
    '127.0.0.0x1',
    '0',
    '0.0.0.0',
  ],
  ...[
    '10.0.0.1',
    '10.255.255.255',
    '0xa.1',
    '012.0.0.1',
    '167772161',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.168.257',
  ],
  ...[
    '169.254.1.1',
    '169.254.169.254',
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '100.64.0.1',
    '100.100.100.200',
  ],
  ...[
    '168.63.129.16',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '192.88.99.1',
    '224.0.0.1',
  ],
  ...[
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '4294967295',
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
  ],
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::127.0.0.1]', '[64:ff9b::a9fe:a9fe]'],
  ...[
    '[64:ff9b:1::10.0.0.1]',
    '[2002:7f00:1::]',
    '[2002:a9fe:a9fe::1]',
    '[2001:0:53aa:64c::]',
    '[2001:db8::1]',
    '[3fff::1]',
  ],
  ...[
    '[100::1]',
    '[fc00::1]',
    '[fd00::1]',
    '[fd00:ec2::254]',
    '[fd20:ce::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[5f00::1]',
  ],
];

/** What name servers may say; each is asked about an innocent name. */
const answers: readonly (readonly [string, readonly ResolvedAddress[]])[] = [
  ['the loopback', [v4('127.0.0.1')]],
  ['the loopback of IPv6', [v6('::1')]],
  ['a private address', [v4('10.1.2.3')]],
  ['the metadata of a cloud', [v4('169.254.169.254')]],
  ['a mapped address', [v6('::ffff:127.0.0.1')]],
  ['a compatible address', [v6('::7f00:1')]],
  ['a link-local address with its zone', [v6('fe80::1%lo')]],
  ['a public address and then the loopback', [v4('93.184.215.14'), v4('127.0.0.1')]],
  ['the loopback and then a public address', [v4('127.0.0.1'), v4('93.184.215.14')]],
  ['a public AAAA and a private A', [v6('2606:2800:21f:cb07:6820:80da:af6b:8b2c'), v4('127.0.0.1')]],
  ['a public A and a private AAAA', [v4('93.184.215.14'), v6('::1')]],
  ['no address at all', []],
  ['something that is no address', [v4('127.0.0.1 '), v4('localhost')]],
];

describe('a webhook', () => {
  it('has more than sixty spellings of closed addresses to try', () => {
    expect(new Set(literals).size).toBeGreaterThan(60);
  });

  it.each(literals)('is refused for http://%s', async (host) => {
    const outcome = await attempt(`http://${host}:${canary.port}/`);
    expect(outcome).toEqual({ result: 'REFUSED', status: null, error: denied });
    expect(canary.connections).toBe(0);
  });

  it.each(answers)('goes nowhere when its name leads to %s', async (_, addresses) => {
    for (const scheme of ['http', 'https']) {
      const outcome = await attempt(`${scheme}://innocent.example:${canary.port}/`, () => addresses);
      expect(outcome).toEqual({ result: 'RETRY', status: null, error: denied });
    }
    expect(canary.connections).toBe(0);
  });

  it.each(['localhost', 'localhost.', 'LOCALHOST'])('goes nowhere by the system’s own name %s', async (host) => {
    const senders = createSenders({ ...deliveryConfig, now: Date.now });
    const url = `http://${host}:${canary.port}/`;
    const target = { kind: 'WEBHOOK', url, signingSecrets: [], headers: {} } as const;
    const outcome = await senders.send(sinkNotification(), target, AbortSignal.timeout(5000));
    expect(outcome).toMatchObject({ result: 'RETRY', status: null });
    expect(canary.connections).toBe(0);
  });

  it('meets the address that was judged, however often a name changes its mind', async () => {
    let asked = 0;
    // A name that is asked twice for one connection would be caught: every second answer is closed.
    const flip = () => [v4(asked++ % 2 === 0 ? '127.0.0.2' : '127.0.0.1')];
    const results: string[] = [];
    for (let round = 0; round < 200; round++) {
      const outcome = await attempt(`http://flip.example:${canary.port}/`, flip, cidrs('127.0.0.2/32'));
      results.push('error' in outcome && outcome.error.includes('may not reach') ? 'denied' : 'tried');
    }
    expect(asked).toBe(200);
    expect(results.filter((result) => result === 'denied')).toHaveLength(100);
    expect(canary.connections).toBe(0);
  });

  it.each(['ftp://93.184.215.14/', 'file:///etc/passwd', 'gopher://127.0.0.1:70/', 'not a URL'])(
    'is not sent to %s',
    async (url) => {
      expect(await attempt(url)).toMatchObject({ result: 'REFUSED', status: null });
    },
  );

  it.each([301, 302, 303, 307, 308])('follows no redirect (%i)', async (status) => {
    await using door = await Receiver.start();
    door.replyWith(status, { Location: `${canary.url}/secret` });
    const outcome = await attempt(door.url, undefined, cidrs('127.0.0.0/8'));
    const result = status === 301 || status === 308 ? 'REFUSED' : 'RETRY';
    expect(outcome).toMatchObject({ result, status });
    expect(door.received).toHaveLength(1);
    expect(canary.connections).toBe(0);
  });

  it('reaches what the operator opened, by address and by name', async () => {
    await using door = await Receiver.start();
    const open = cidrs('127.0.0.0/8');
    expect(await attempt(door.url, undefined, open)).toEqual({ result: 'DELIVERED', status: 200 });
    const named = `http://office.example:${door.port}/`;
    expect(await attempt(named, () => [v4('127.0.0.1')], open)).toEqual({ result: 'DELIVERED', status: 200 });
    expect(door.received).toHaveLength(2);
  });
});

describe('AddressGuard', () => {
  const open = new AddressGuard({ allowCidrs: cidrs('0.0.0.0/0', '::/0') });

  it.each([
    ...[
      '169.254.169.254',
      '100.100.100.200',
      '168.63.129.16',
      '169.254.170.2',
      '192.0.0.192',
      'fd00:ec2::254',
      'fd20:ce::254',
    ],
    ...['::ffff:169.254.169.254', '::169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::1', 'fd00:42::42'],
  ])('keeps the metadata address %s closed, whatever is opened', (address) => {
    expect(open.allows(address, 80)).toBe(false);
  });

  it('opens other addresses of those ranges, each family by its own', () => {
    expect(open.allows('10.0.0.1', 80)).toBe(true);
    expect(open.allows('fd00::1', 80)).toBe(true);
    const onlyV6 = new AddressGuard({ allowCidrs: cidrs('::/0') });
    expect(onlyV6.allows('fd00::1', 80)).toBe(true);
    expect(onlyV6.allows('10.0.0.1', 80)).toBe(false);
    expect(onlyV6.allows('::ffff:10.0.0.1', 80)).toBe(false);
  });

  it('never leads to this server itself', () => {
    const own = new AddressGuard({ allowCidrs: cidrs('127.0.0.0/8', '::1/128'), ownPorts: () => [4000] });
    expect(own.allows('127.0.0.1', 4000)).toBe(false);
    expect(own.allows('::1', 4000)).toBe(false);
    expect(own.allows('127.0.0.1', 4001)).toBe(true);
    expect(own.allows('93.184.215.14', 4000)).toBe(true);
  });

  it('lets the internet through', () => {
    const closed = new AddressGuard({ allowCidrs: [] });
    for (const ip of [
      '1.1.1.1',
      '9.9.9.9',
      '93.184.215.14',
      '172.32.0.1',
      '100.128.0.1',
      '2606:4700::1111',
      '2a00:1450::1',
    ]) {
      expect([ip, closed.allows(ip, 443)]).toEqual([ip, true]);
    }
  });

  it('lets no private address through, however it is mapped', () => {
    const closed = new AddressGuard({ allowCidrs: [] });
    const octet = fc.nat(255);
    const privates = fc.oneof(
      fc.tuple(fc.constantFrom(0, 10, 127), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
    );
    fc.assert(
      fc.property(privates, fc.constantFrom('', '::', '::ffff:', '::ffff:0:', '64:ff9b::'), (bytes, prefix) => {
        expect(closed.allows(prefix + bytes.join('.'), 443)).toBe(false);
      }),
    );
  });
});
