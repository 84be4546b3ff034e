import type { EventIngested } from '../../schema/event/event-ingested.type.ts';

/** Events that one client is pushed a second; more are sampled. */
export const eventsPerSecond = 50;
const tokenMs = 1000 / eventsPerSecond;

type Result = IteratorResult<EventIngested, undefined>;

/**
 * Lets so many events through a second, and of more a sample: each one says how many it stands for, so that these numbers add up to
 * the number of events that came in. The last event of a burst is always among them.
 */
export class Sampling implements AsyncIterableIterator<EventIngested> {
  readonly #events: AsyncIterator<EventIngested, undefined>;
  /** Asked for, but not yet there. */
  #coming: Promise<Result> | undefined;
  /** The latest of the events left out, and how many these are. */
  #held: EventIngested | undefined;
  #heldCount = 0;
  /** To be said before anything else. */
  #gap: EventIngested | undefined;
  #tokens = eventsPerSecond;
  #refilledAt = performance.now();

  constructor(events: AsyncIterator<EventIngested, undefined>) {
    this.#events = events;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<Result> {
    for (;;) {
      if (this.#gap) return this.#tellGap();
      if (this.#held && this.#mayPush()) return this.#tellHeld();
      this.#coming ??= this.#events.next();
      const result = await this.#arrival(this.#coming);
      if (result === 'token') continue;
      this.#coming = undefined;
      if (result.done) return result;
      const { value } = result;
      if (value.gap !== null) {
        // What was held came before the gap: its place must not be told after the gap's.
        this.#gap = value;
        if (this.#held) return this.#tellHeld();
      } else if (this.#held === undefined && this.#mayPush()) return { done: false, value };
      else {
        this.#held = value;
        this.#heldCount++;
      }
    }
  }

  async return(): Promise<Result> {
    this.#held = undefined;
    await this.#events.return?.();
    return { done: true, value: undefined };
  }

  #tellGap(): Result {
    const value = this.#gap as EventIngested;
    this.#gap = undefined;
    return { done: false, value };
  }

  #tellHeld(): Result {
    const held = this.#held as EventIngested;
    const outOf = this.#heldCount;
    this.#held = undefined;
    this.#heldCount = 0;
    // Not a copy: `event` looks itself up when it is asked for.
    const { cursor, gap } = held;
    const sampled = outOf > 1 ? { outOf } : null;
    const value = {
      cursor,
      gap,
      sampled,
      get event() {
        return held.event;
      },
    };
    return { done: false, value };
  }

  /** Takes a token, if there is one. */
  #mayPush(): boolean {
    const now = performance.now();
    this.#tokens = Math.min(eventsPerSecond, this.#tokens + (now - this.#refilledAt) / tokenMs);
    this.#refilledAt = now;
    if (this.#tokens < 1) return false;
    this.#tokens--;
    return true;
  }

  /** The next event; or, while one is held back, that it may be pushed now, if that comes first. */
  async #arrival(coming: Promise<Result>): Promise<Result | 'token'> {
    if (this.#held === undefined) return coming;
    let timer: NodeJS.Timeout | undefined;
    const token = new Promise<'token'>((resolve) => {
      timer = setTimeout(resolve, Math.ceil((1 - this.#tokens) * tokenMs), 'token');
    });
    try {
      return await Promise.race([coming, token]);
    } finally {
      clearTimeout(timer);
    }
  }
}
