import { ipKey } from '../../ip-address.ts';

/** Wrong tries that one address may make in a minute. */
const mostPerAddress = 10;
const windowMs = 60_000;
/** Wrong tries at an account that cost no wait, and the longest wait that a further one costs. */
const freeTries = 3;
const longestDelayMs = 60_000;
/** A wrong try at an account is forgotten after so long without another. */
const forgottenMs = 3_600_000;
/** Addresses, and accounts, that are kept count of; beyond, those not seen for longest are forgotten. */
const mostKept = 10_000;

interface Tries {
  readonly count: number;
  /** When the count began. */
  readonly since: number;
  /** No further try is let through before. */
  readonly waitUntil: number;
}

/**
 * Slows those down who guess passwords: an address by a count a minute, an account by a wait that doubles with each wrong try up to a
 * minute. A try counts as wrong until it is told to have been right, so that many at once are no way round. Times are milliseconds.
 */
export class SignInBrake {
  readonly #addresses = new Map<string, Tries>();
  readonly #accounts = new Map<string, Tries>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** How long to wait before a try is let through; 0: it is, and counts. Without an account only the address counts. */
  admit(address: string, account?: string): number {
    const now = this.#now();
    const place = networkOf(address);
    const ofAddress = current(this.#addresses.get(place), now, windowMs);
    const ofAccount = account === undefined ? undefined : current(this.#accounts.get(account), now, forgottenMs);
    const wait = Math.max(ofAddress.waitUntil, ofAccount?.waitUntil ?? 0) - now;
    if (wait > 0) return wait;
    const count = ofAddress.count + 1;
    const waitUntil = count >= mostPerAddress ? ofAddress.since + windowMs : 0;
    keep(this.#addresses, place, { count, since: ofAddress.since, waitUntil });
    if (account !== undefined && ofAccount) {
      const tries = ofAccount.count + 1;
      const delay = tries < freeTries ? 0 : Math.min(longestDelayMs, 1000 * 2 ** Math.min(tries - freeTries, 20));
      // Since the last try: one an hour is no guessing.
      keep(this.#accounts, account, { count: tries, since: now, waitUntil: now + delay });
    }
    return 0;
  }

  /** The try that was let through was right. */
  succeed(address: string, account?: string): void {
    const place = networkOf(address);
    const tries = this.#addresses.get(place);
    if (tries) this.#addresses.set(place, { ...tries, count: tries.count - 1, waitUntil: 0 });
    if (account !== undefined) this.#accounts.delete(account);
  }
}

function current(tries: Tries | undefined, now: number, lifeMs: number): Tries {
  return tries && now < tries.since + lifeMs ? tries : { count: 0, since: now, waitUntil: 0 };
}

function keep(all: Map<string, Tries>, name: string, tries: Tries): void {
  // A map keeps the order of insertion: the first is the one not seen for longest.
  all.delete(name);
  const [oldest] = all.size >= mostKept ? all.keys() : [];
  if (oldest !== undefined) all.delete(oldest);
  all.set(name, tries);
}

/** Whoever has one IPv6 address has the 2^64 beside it. */
function networkOf(address: string): string {
  return address.includes(':') ? ipKey(address).slice(0, 18) : address;
}
