import { type Cidr, readCidrs } from './cidr.ts';

/** What can be set of how people and senders come in. Times are milliseconds. */
export interface AccessConfig {
  /** A second listener, for senders alone; undefined: none. */
  readonly intakeListen: ListenAddress | undefined;
  /** Proxies whose word on where a request came from is believed. */
  readonly trustedProxies: readonly Cidr[];
  /** A session unused for so long ends. */
  readonly sessionIdleMs: number;
  /** A session of that age ends however much it is used. */
  readonly sessionMaxMs: number;
}

/** `0.0.0.0:4000` or `[::]:4000` taken apart. */
export interface ListenAddress {
  /** Without the brackets of IPv6. */
  readonly host: string;
  readonly port: number;
}

const hourMs = 3_600_000;

export const accessSettings = {
  intakeListen: {
    name: 'TOCSIN_INTAKE_LISTEN',
    default: '',
    meaning:
      'Address and port of a second listener, such as `0.0.0.0:4000` or `[::]:4000`, that answers the REST dialects and `/livez` and nothing else: no console, no GraphQL, no metrics; empty: none',
    parse: listenAddress,
  },
  trustedProxies: {
    name: 'TOCSIN_TRUSTED_PROXIES',
    default: '',
    meaning:
      'Ranges, comma-separated, of the proxies before this server, such as `10.0.0.0/24`: from them alone `X-Forwarded-For` is believed',
    parse: readCidrs,
  },
  sessionIdleMs: {
    name: 'TOCSIN_SESSION_IDLE_HOURS',
    default: '12',
    meaning: 'A sign-in that is not used for so many hours ends, 1 to 720',
    parse: timesOf(hourMs, 720),
  },
  sessionMaxMs: {
    name: 'TOCSIN_SESSION_MAX_DAYS',
    default: '30',
    meaning: 'A sign-in ends after so many days however much it is used, 1 to 365',
    parse: timesOf(24 * hourMs, 365),
  },
} as const;

function timesOf(unitMs: number, most: number) {
  return (value: string): number => {
    const count = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    if (count < 1 || count > most) throw new Error(`must be a whole number from 1 to ${most}, not "${value}"`);
    return count * unitMs;
  };
}

function listenAddress(value: string): ListenAddress | undefined {
  if (value === '') return undefined;
  const [, bracketed, plain, port = ''] = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(value) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535) {
    throw new Error(`must be an address and a port, such as 0.0.0.0:4000, not "${value}"`);
  }
  return { host, port: Number(port) };
}
