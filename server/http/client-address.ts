import type { IncomingMessage } from 'node:http';
import type { Config } from '../config.ts';
import { canonicalIp, ipKey } from '../ip-address.ts';

/** Where a connection is that was closed before anybody asked. */
const nowhere = '0.0.0.0';
/** A forged header may be long: more proxies than this stand in no row. */
const mostHops = 16;

/**
 * Makes what tells the address of whoever sent a request, in its canonical spelling. That is the other end of the connection; where
 * that end is a trusted proxy, `X-Forwarded-For` is followed from its right end, past trusted proxies, to the first address that is
 * none. What stands further left was written by the client and is never believed.
 */
export function createClientAddress({
  trustedProxies,
}: Pick<Config, 'trustedProxies'>): (request: IncomingMessage) => string {
  const isTrusted = (ip: string): boolean => {
    const key = ipKey(ip);
    return trustedProxies.some(({ lowKey, highKey }) => lowKey <= key && key <= highKey);
  };
  return ({ socket, headers }) => {
    let address = canonicalIp(socket.remoteAddress) ?? nowhere;
    if (trustedProxies.length === 0 || !isTrusted(address)) return address;
    const hops = [headers['x-forwarded-for']].flat().join(',').split(',').slice(-mostHops);
    for (const hop of hops.reverse()) {
      const before = canonicalIp(withoutPort(hop.trim()));
      if (before === null) return address;
      address = before;
      if (!isTrusted(address)) return address;
    }
    return address;
  };
}

/** Some proxies add the port, and brackets then stand around an IPv6 address. */
function withoutPort(hop: string): string {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(hop) ?? [];
  const [, v4] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(hop) ?? [];
  return bracketed ?? v4 ?? hop;
}
