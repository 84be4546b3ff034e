/** How much may pass: `perSecond` on average, and what gathers in `burstSeconds` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burstSeconds: number;
}

interface Bucket {
  tokens: number;
  /** When it was last looked at. */
  at: number;
}

/**
 * A token bucket for each of those that ask, in memory that does not grow with their number: a bucket that has filled up again says no
 * more than none, and when too many are in use those in use longest give way.
 */
export class TokenBuckets {
  readonly #rate: Rate;
  readonly #most: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(rate: Rate, most: number, now: () => number) {
    this.#rate = rate;
    this.#most = most;
    this.#now = now;
  }

  /** Buckets in memory. */
  get size(): number {
    return this.#buckets.size;
  }

  /** Takes a token: 0 when there was one, else the seconds until there is. */
  take(who: string): number {
    const { perSecond, burstSeconds } = this.#rate;
    const now = this.#now();
    const bucket = this.#buckets.get(who) ?? this.#open(who, now);
    // A clock that was set back must not take tokens away.
    const passed = Math.max(0, now - bucket.at) / 1000;
    bucket.tokens = Math.min(perSecond * burstSeconds, bucket.tokens + passed * perSecond);
    bucket.at = now;
    if (bucket.tokens < 1) return (1 - bucket.tokens) / perSecond;
    bucket.tokens -= 1;
    return 0;
  }

  #open(who: string, now: number): Bucket {
    if (this.#buckets.size >= this.#most) this.#makeRoom(now);
    const bucket = { tokens: this.#rate.perSecond * this.#rate.burstSeconds, at: now };
    this.#buckets.set(who, bucket);
    return bucket;
  }

  /** Makes so much room at once that it is seldom made. */
  #makeRoom(now: number): void {
    const { perSecond, burstSeconds } = this.#rate;
    for (const [who, { tokens, at }] of this.#buckets) {
      if (tokens + ((now - at) / 1000) * perSecond >= perSecond * burstSeconds) this.#buckets.delete(who);
    }
    const kept = this.#most - Math.ceil(this.#most / 10);
    for (const who of this.#buckets.keys()) {
      if (this.#buckets.size <= kept) return;
      this.#buckets.delete(who);
    }
  }
}
