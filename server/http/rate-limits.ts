import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Config } from '../config.ts';
import { RateLimited } from '../errors.ts';
import type { Metrics } from '../metrics.ts';
import { createClientAddress } from './client-address.ts';
import { TokenBuckets } from './token-buckets.ts';

/** What may come at once: the tokens of so many seconds. A sender that was away may so catch up. */
const burstSeconds = 10;
/** Addresses, and credentials, remembered at once. */
const mostKept = 20_000;

/** How many requests are served, by address and by credential; each throws RateLimited where that many have been. */
export interface RateLimits {
  /** Counts a request for its address, whoever asks from there. */
  arrive(from: IncomingMessage): void;
  /** Counts a request that no valid credential speaks for, for its address. */
  stranger(from: IncomingMessage): void;
  /** Counts a request for its credential. */
  key(credentialId: string): void;
}

type Settings = Pick<Config, 'rateLimitPerKey' | 'rateLimitPerAddress' | 'rateLimitOfStrangers' | 'trustedProxies'>;

/** Budgets of each their own: a credential or an address that has spent its own takes nothing from any other. */
export function createRateLimits(config: Settings, metrics: Metrics, now: () => number): RateLimits {
  const addressOf = createClientAddress(config);
  const networks = new WeakMap<Socket, string>();
  const placeOf = (from: IncomingMessage): string => {
    // Behind a proxy, each request of a connection may be from somebody else.
    if (config.trustedProxies.length > 0) return networkOf(addressOf(from));
    let place = networks.get(from.socket);
    if (place === undefined) {
      place = networkOf(addressOf(from));
      networks.set(from.socket, place);
    }
    return place;
  };
  const budget = (name: 'address' | 'stranger' | 'key', perSecond: number): ((who: string) => void) => {
    if (perSecond === 0) return () => {};
    const refused = metrics.requestsLimited.labels(name);
    const buckets = new TokenBuckets({ perSecond, burstSeconds }, mostKept, now);
    // One for each number of seconds, of which there are few: the stack that an error takes down costs more than all else of a refusal.
    const refusals = new Map<number, RateLimited>();
    return (who) => {
      const seconds = buckets.take(who);
      if (seconds === 0) return;
      refused.inc();
      const wait = Math.ceil(seconds);
      const refusal = refusals.get(wait) ?? new RateLimited(wait);
      refusals.set(wait, refusal);
      throw refusal;
    };
  };
  const ofAddress = budget('address', config.rateLimitPerAddress);
  const ofStranger = budget('stranger', config.rateLimitOfStrangers);
  return {
    arrive: (from) => ofAddress(placeOf(from)),
    stranger: (from) => ofStranger(placeOf(from)),
    key: budget('key', config.rateLimitPerKey),
  };
}

/** Whoever has one IPv6 address has the 2^64 of its network (RFC 6177): they count as one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(Math.max(0, zeros)).fill('0'), ...right].slice(0, 4).join(':');
}
