import { BlockList, isIP, SocketAddress } from 'node:net';

/** The one spelling of an address: as short and in lower case as RFC 5952 has it, an IPv4 address in IPv6 clothes as IPv4; null when it is no address. */
export function canonicalIp(text: string | null | undefined): string | null {
  if (!text) return null;
  const version = isIP(text);
  if (version === 0) return null;
  if (version === 4) return text;
  const [address = text, ...zone] = text.split('%');
  const shortest = [new SocketAddress({ family: 'ipv6', address }).address, ...zone].join('%');
  return shortest.startsWith('::ffff:') && isIP(shortest.slice(7)) === 4 ? shortest.slice(7) : shortest;
}

/** Where a host has no address. */
export const noIpKey = '00000000-0000-0000-0000-000000000000';

/**
 * A canonical address as a number that sorts alike in both databases: its 128 bits, an IPv4 address as IPv6 maps it, spelled as a
 * UUID, which PostgreSQL compares by its bytes and SQLite by its digits. A zone is left out.
 */
export function ipKey(ip: string): string {
  const [address = ip] = ip.split('%');
  const hex = isIP(address) === 4 ? `${'0'.repeat(20)}ffff${hexOfV4(address)}` : hexOfV6(address);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function hexOfV4(address: string): string {
  return address
    .split('.')
    .map((byte) => Number(byte).toString(16).padStart(2, '0'))
    .join('');
}

function hexOfV6(address: string): string {
  const [head = '', tail] = address.split('::').map((part) => part.split(':').filter(Boolean).map(hexOfGroup).join(''));
  return tail === undefined ? head : head + tail.padStart(32 - head.length, '0');
}

/** The last group may be an IPv4 address. */
function hexOfGroup(group: string): string {
  return group.includes('.') ? hexOfV4(group) : group.padStart(4, '0');
}

/** Ranges that are no addresses of the Internet at large (RFC 6890); those of documentation stand for such addresses. */
const notPublic: readonly (readonly [address: string, prefix: number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
  ['::', 127],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
];

const ownRanges = new BlockList();
for (const [address, prefix] of notPublic) ownRanges.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Whether a canonical address is one that anybody could be reached at: not one of an own network, a loopback, a multicast or the like. */
export function isPublicIp(ip: string): boolean {
  const [address = ip] = ip.split('%');
  const version = isIP(address);
  return version !== 0 && !ownRanges.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
