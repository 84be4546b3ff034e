import { domainToASCII } from 'node:url';
import { parseCidr } from '../../cidr.ts';
import { canonicalIp } from '../../ip-address.ts';

const withPort = /^(?:\[([0-9a-f:.]+)\]|(\d{1,3}(?:\.\d{1,3}){3}))(?::\d{1,5})?$/i;
const label = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const longestDomain = 253;

/** The shortest prefixes, as IPv6 maps addresses: a wider range than an IPv4 /8 or an IPv6 /16 would match half the world. */
const widest = { v4: 96 + 8, v6: 16 };

/**
 * The one spelling of an address or of a range in CIDR notation; a port beside an address is dropped. Null for anything else, and
 * for a range wider than any list has reason to name.
 */
export function addressOf(text: string): string | null {
  const range = parseCidr(text);
  if (range) {
    if (range.prefix < (range.cidr.includes(':') ? widest.v6 : widest.v4)) return null;
    return range.prefix === 128 ? range.cidr.slice(0, range.cidr.indexOf('/')) : range.cidr;
  }
  const [, bracketed, plain] = withPort.exec(text) ?? [];
  return canonicalIp(bracketed ?? plain ?? text);
}

/**
 * The one spelling of a domain: lower case, without a dot at its end or a wildcard before it, international names in Punycode
 * (RFC 5891). Null for a text that is none, for an address, and for a top-level domain, which would match half the world.
 */
export function domainOf(text: string): string | null {
  const bare = text
    .replace(/^\*?\./, '')
    .replace(/\.$/, '')
    .toLowerCase();
  if (bare === '' || bare.length > longestDomain || canonicalIp(bare) !== null) return null;
  const isPlain = /^[a-z0-9_.-]+$/.test(bare);
  // Reads no plain name: it would refuse the underscores that real names have.
  const domain = isPlain ? bare : domainToASCII(bare);
  const labels = domain.split('.');
  if (labels.length < 2 || domain.length > longestDomain || !labels.every((part) => label.test(part))) return null;
  return /^\d+$/.test(labels.at(-1) ?? '') ? null : domain;
}

/** The entries that would name an address: itself, and for each length of prefix the range around it. */
export function entriesOfAddress(ip: string, prefixes: readonly number[]): string[] {
  const [address = ip] = ip.split('%');
  const ranges = prefixes.map((length) => parseCidr(`${address}/${length}`)?.cidr);
  return [address, ...ranges.filter((range) => range !== undefined)];
}

/** The entries that would name a domain: itself and those above it, down to two labels. */
export function entriesOfDomain(domain: string): string[] {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
}
