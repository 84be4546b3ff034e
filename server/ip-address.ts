import { isIP, SocketAddress } from 'node:net';

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
