import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Cidr, parseCidr } from '../cidr.ts';
import { canonicalIp, ipKey } from '../ip-address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a host's name; rejects when there is none. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

/** Thrown instead of a connection; its text says how to open the address, and names none that a name server gave. */
export class AddressDenied extends Error {
  /** Whether the sink itself names the address, so that no other answer of a name server can change it. */
  readonly isLiteral: boolean;

  /** `openedBy`: the range that would open the address that the sink names; null: none does; undefined: the sink has a name. */
  constructor(openedBy: string | null | undefined) {
    super(`Sinks may not reach ${wayIn(openedBy)}`);
    this.isLiteral = openedBy !== undefined;
  }
}

function wayIn(openedBy: string | null | undefined): string {
  if (openedBy === null) return 'this address, whatever is allowed';
  const [what, value] =
    openedBy === undefined
      ? ['the private address that this name leads to', 'to its range, such as 192.168.1.0/24']
      : ['this private address', `to ${openedBy} or its range`];
  return `${what}. Set TOCSIN_SINK_ALLOW_CIDRS for the server ${value}, and restart it`;
}

export interface GuardOptions {
  readonly allowCidrs: readonly Cidr[];
  readonly resolve?: Resolve;
  /** The ports that this server listens on: it tells itself nothing, whatever is allowed. */
  readonly ownPorts?: () => readonly number[];
}

/**
 * Keeps the URLs that tenants set from reaching what only this machine may (SSRF, OWASP API7, ASVS 1.3.6). An address is judged
 * inside the lookup of the connection that uses it, so that no later answer of a name server can take its place.
 */
export class AddressGuard {
  readonly #allowCidrs: readonly Cidr[];
  readonly #resolve: Resolve;
  readonly #ownPorts: () => readonly number[];

  constructor({ allowCidrs, resolve = resolveBySystem, ownPorts = () => [] }: GuardOptions) {
    this.#allowCidrs = allowCidrs;
    this.#resolve = resolve;
    this.#ownPorts = ownPorts;
  }

  /** Throws AddressDenied when a URL's host is an address that may not be reached; a name is left to `lookupFor`. */
  judgeUrl({ hostname, port, protocol }: URL): void {
    this.judgeHost(hostname.replace(/^\[(.*)\]$/, '$1'), port === '' ? defaultPort(protocol) : Number(port));
  }

  /** The same for a host and a port. */
  judgeHost(host: string, port: number): void {
    if (isIP(host) === 0 || this.allows(host, port)) return;
    const ip = canonicalIp(host);
    throw new AddressDenied(this.#isClosed(host, port) ? null : `${ip}/${ip?.includes(':') ? 128 : 32}`);
  }

  /** The lookup of one connection to a port: it fails when any address of the name may not be reached. */
  lookupFor(port: number): LookupFunction {
    return (hostname, options, callback) => {
      this.#resolve(hostname).then(
        (addresses) => {
          const [first] = addresses;
          if (!first || !addresses.every(({ address }) => this.allows(address, port))) {
            callback(new AddressDenied(undefined), '', 0);
          } else if (options.all) {
            callback(null, [...addresses]);
          } else {
            callback(null, first.address, first.family);
          }
        },
        (cause: NodeJS.ErrnoException) => callback(cause, '', 0),
      );
    };
  }

  /** Whether a connection may go to an address and port. */
  allows(address: string, port: number): boolean {
    const ip = canonicalIp(address);
    if (ip === null || this.#isClosed(address, port)) return false;
    return isWithin(ip, this.#allowCidrs) || !isWithin(ip, special);
  }

  /** Whether nothing opens an address and port. */
  #isClosed(address: string, port: number): boolean {
    const ip = canonicalIp(address);
    // A zone (`fe80::1%eth0`) belongs to a link of this machine.
    if (ip === null || ip.includes('%')) return true;
    return isWithin(ip, metadata) || (this.#ownPorts().includes(port) && isOfThisMachine(ip));
  }
}

export function defaultPort(protocol: string): number {
  return protocol === 'https:' ? 443 : 80;
}

function resolveBySystem(hostname: string): Promise<readonly ResolvedAddress[]> {
  return lookup(hostname, { all: true });
}

function isOfThisMachine(ip: string): boolean {
  if (isWithin(ip, loopback)) return true;
  return Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => canonicalIp(address) === ip));
}

/** A range of IPv6, even `::/0`, says nothing of IPv4. */
function isWithin(ip: string, ranges: readonly Cidr[]): boolean {
  const isV6 = ip.includes(':');
  const key = ipKey(ip);
  return ranges.some(({ cidr, lowKey, highKey }) => cidr.includes(':') === isV6 && lowKey <= key && key <= highKey);
}

function ranges(...texts: readonly string[]): readonly Cidr[] {
  return texts.flatMap((text) => parseCidr(text) ?? []);
}

const loopback = ranges('127.0.0.0/8', '0.0.0.0/8', '::/127');

/** What is not the internet at large: IANA's registries of special addresses for IPv4 (RFC 6890) and IPv6. */
const special = ranges(
  '0.0.0.0/8', // this network
  '10.0.0.0/8', // private
  '100.64.0.0/10', // carrier-grade NAT
  '127.0.0.0/8', // loopback
  '169.254.0.0/16', // link-local
  '172.16.0.0/12', // private
  '192.0.0.0/24', // protocol assignments
  '192.0.2.0/24', // documentation
  '192.88.99.0/24', // 6to4 relays
  '192.168.0.0/16', // private
  '198.18.0.0/15', // benchmarks
  '198.51.100.0/24', // documentation
  '203.0.113.0/24', // documentation
  '224.0.0.0/4', // multicast
  '240.0.0.0/4', // reserved, and the broadcast
  '::/3', // unspecified, loopback, IPv4 in IPv6 clothes, NAT64
  '2001::/23', // protocol assignments, with Teredo and ORCHID
  '2001:db8::/32', // documentation
  '2002::/16', // 6to4
  '3fff::/20', // documentation
  '4000::/2', // not given out
  '8000::/1', // not given out; unique local, link-local, multicast
);

const metadataV4 = [
  '100.100.100.200', // Alibaba
  '168.63.129.16', // Azure
  '169.254.0.23', // Tencent
  '169.254.169.123', // AWS, time
  '169.254.169.249', // Azure
  '169.254.169.253', // AWS, names
  '169.254.169.254', // nearly all
  '169.254.170.2', // AWS, containers
  '169.254.170.23', // AWS, Kubernetes
  '192.0.0.192', // Oracle
];

/** Where clouds tell a machine its secrets: closed even within a range that is allowed, also by way of translated addresses. */
const metadata = ranges(
  ...metadataV4.flatMap((ip) => [`${ip}/32`, ...translated(ip)]),
  'fd00:42::42/128', // Scaleway
  'fd00:c1::a9fe:a9fe/128', // Oracle
  'fd00:ec2::/64', // AWS
  'fd20:ce::254/128', // Google
);

/** The ranges of IPv6 that stand for one IPv4 address: compatible, SIIT, NAT64 (RFC 6052, 8215) and 6to4. */
function translated(ip: string): readonly string[] {
  const hex = Buffer.from(ip.split('.').map(Number)).toString('hex');
  const groups = `${hex.slice(0, 4)}:${hex.slice(4)}`;
  return [
    ...['::', '::ffff:0:', '64:ff9b::', '64:ff9b:1::'].map((prefix) => `${prefix}${groups}/128`),
    `2002:${groups}::/48`,
  ];
}
