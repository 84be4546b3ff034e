import { canonicalIp, ipKey } from './ip-address.ts';

/** A range of addresses: as text, and as the numbers that sort (see `ipKey`). */
export interface Cidr {
  readonly cidr: string;
  readonly lowKey: string;
  readonly highKey: string;
  /** How many of 128 bits are fixed; an IPv4 range counts as IPv6 maps it. */
  readonly prefix: number;
}

/** Reads `10.0.0.0/24` or `2001:db8::/32`; the bits of a host are dropped. Null for anything else. */
export function parseCidr(text: string): Cidr | null {
  const [, address = '', length = ''] = /^([0-9a-f:.]+)\/(\d{1,3})$/i.exec(text.trim()) ?? [];
  const ip = canonicalIp(address);
  if (ip === null) return null;
  const isV4 = !ip.includes(':');
  const ofAddress = Number(length);
  // An IPv4 range written as IPv6 maps it would have two spellings.
  if (ofAddress > (isV4 ? 32 : 128) || (isV4 && address.includes(':'))) return null;
  const prefix = isV4 ? 96 + ofAddress : ofAddress;
  const hosts = (1n << BigInt(128 - prefix)) - 1n;
  const high = BigInt(`0x${ipKey(ip).replaceAll('-', '')}`) | hosts;
  const low = high ^ hosts;
  return { cidr: `${spell(low, isV4)}/${ofAddress}`, lowKey: keyOf(low), highKey: keyOf(high), prefix };
}

/** Reads ranges between commas; throws with what they must be when one is none. */
export function readCidrs(text: string): readonly Cidr[] {
  return text.split(',').flatMap((part) => {
    if (part.trim() === '') return [];
    const range = parseCidr(part);
    if (range === null) throw new Error(`must be ranges such as 192.168.1.0/24, not "${part.trim()}"`);
    return range;
  });
}

/** First and last of the addresses that a text names, an address or a range, as `ipKey` has them; null when it names none. */
export function rangeKeys(text: string): Pick<Cidr, 'lowKey' | 'highKey'> | null {
  const ip = canonicalIp(text.trim());
  if (ip === null) return parseCidr(text);
  const key = ipKey(ip);
  return { lowKey: key, highKey: key };
}

function hexOf(number: bigint): string {
  return number.toString(16).padStart(32, '0');
}

function keyOf(number: bigint): string {
  return hexOf(number).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function spell(number: bigint, isV4: boolean): string {
  const hex = hexOf(number);
  if (isV4) return (hex.slice(24).match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = (hex.match(/.{4}/g) ?? []).join(':');
  return canonicalIp(groups) ?? groups;
}
