/** What can be set of how many requests are served. Requests a second on average; 0: no limit. */
export interface RateLimitConfig {
  readonly rateLimitPerKey: number;
  readonly rateLimitPerAddress: number;
  readonly rateLimitOfStrangers: number;
}

const most = 1_000_000;

export const rateLimitSettings = {
  rateLimitPerKey: {
    name: 'TOCSIN_RATE_LIMIT_PER_KEY',
    default: '5000',
    meaning:
      'Requests a second that one credential may make on average, those of ten seconds at once; beyond: 429. 0: no limit',
    parse: perSecond,
  },
  rateLimitPerAddress: {
    name: 'TOCSIN_RATE_LIMIT_PER_ADDRESS',
    default: '10000',
    meaning: 'The same for all requests from one address (of IPv6, from one /64)',
    parse: perSecond,
  },
  rateLimitOfStrangers: {
    name: 'TOCSIN_RATE_LIMIT_STRANGERS',
    default: '50',
    meaning: 'The same for requests from one address that no valid credential speaks for',
    parse: perSecond,
  },
} as const;

function perSecond(value: string): number {
  const count = /^\d{1,7}$/.test(value) ? Number(value) : -1;
  if (count < 0 || count > most) throw new Error(`must be a whole number from 0 to ${most}, not "${value}"`);
  return count;
}
