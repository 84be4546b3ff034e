import { setTimeout as sleep } from 'node:timers/promises';

export interface PaceOptions {
  readonly now: () => number;
  /** Rejects when the signal aborts. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** How long one may stand in line before it is told to come again. */
const longestPauseMs = 5000;
/** How many places are remembered before those that are free again are forgotten. */
const mostPlaces = 1000;

/** Keeps calls to one place apart, in this process: first come, first served. */
export class Pace {
  readonly #now: () => number;
  readonly #pause: NonNullable<PaceOptions['pause']>;
  /** When the next call to a place may go, by place. */
  readonly #free = new Map<string, number>();

  constructor({ now, pause = (ms, signal) => sleep(ms, undefined, { signal }) }: PaceOptions) {
    this.#now = now;
    this.#pause = pause;
  }

  /**
   * Waits for its turn at a place where turns are `gapMs` apart. Answers 0 when it has come, or, where it would be too long to wait for,
   * in how many milliseconds to ask again; then no turn was taken.
   */
  async turn(place: string, gapMs: number, signal: AbortSignal): Promise<number> {
    const now = this.#now();
    const at = Math.max(this.#free.get(place) ?? now, now);
    if (at - now > longestPauseMs) return at - now;
    this.#forget(now);
    this.#free.set(place, at + gapMs);
    if (at > now) await this.#pause(at - now, signal);
    return 0;
  }

  /** In how many milliseconds a place is free; 0: now. */
  waitFor(place: string): number {
    return Math.max((this.#free.get(place) ?? 0) - this.#now(), 0);
  }

  /** Keeps a place closed. */
  hold(place: string, ms: number): void {
    this.#free.set(place, Math.max(this.#free.get(place) ?? 0, this.#now() + ms));
  }

  #forget(now: number): void {
    if (this.#free.size < mostPlaces) return;
    for (const [place, at] of this.#free) if (at <= now) this.#free.delete(place);
  }
}
