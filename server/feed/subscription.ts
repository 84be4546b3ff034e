import type { Principal } from '../context.ts';
import { Unauthenticated } from '../errors.ts';
import type { TopicFeed, TopicStep } from './topic-feed.ts';

/** Steps read from the database at once. */
export const chunkLength = 500;

/**
 * One subscriber's place in the feed. It is pulled: nothing is kept for a client that does not ask for more, so a slow one costs
 * no memory. One that resumes is given everything since its cursor; one that was live and fell too far behind is told so, with
 * the cursor to come back with, and goes on at the live edge.
 */
export class Subscription<Step extends TopicStep, Payload> implements AsyncIterableIterator<Payload> {
  readonly #feed: TopicFeed<Step, Payload>;
  readonly #principal: Principal;
  readonly #matches: (step: Step) => boolean;
  #cursor: number;
  #isLive: boolean;
  #backlog: Step[] = [];
  #wake: (() => void) | undefined;
  #isClosed = false;

  constructor(
    feed: TopicFeed<Step, Payload>,
    principal: Principal,
    matches: (step: Step) => boolean,
    cursor: number,
    isLive: boolean,
  ) {
    this.#feed = feed;
    this.#principal = principal;
    this.#matches = matches;
    this.#cursor = cursor;
    this.#isLive = isLive;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Payload, undefined>> {
    while (!this.#isClosed) {
      if (!this.#feed.isActive(this.#principal)) {
        await this.return();
        throw new Unauthenticated('The credential has been revoked');
      }
      const gap = this.#isLive && this.#feed.isFarAhead(this.#cursor) ? await this.#skip() : undefined;
      if (gap) return { done: false, value: gap };
      const step = this.#backlog.shift() ?? this.#feed.next(this.#cursor);
      if (step === 'before tail') {
        const expired = await this.#readBacklog();
        if (expired) return { done: false, value: expired };
      } else if (step === undefined) await this.#wait();
      else if (this.#take(step)) return { done: false, value: this.#feed.payload(step) };
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Payload, undefined>> {
    this.#isClosed = true;
    this.#feed.leave(this);
    this.wake();
    return { done: true, value: undefined };
  }

  wake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  /** Moves past a step; true when it is this subscriber's. */
  #take(step: Step): boolean {
    this.#cursor = step.cursor;
    return this.#feed.topic.tenantOf(step) === this.#principal.tenantId && this.#matches(step);
  }

  /** Answers the notice of a gap where steps that come next have been deleted for their age. */
  async #readBacklog(): Promise<Payload | undefined> {
    // Taken before the query: a step that is committed meanwhile must not be passed over.
    const head = this.#feed.head;
    const { steps, until } = await this.#feed.topic.stepsAfter(this.#cursor, chunkLength, this.#principal.tenantId);
    // After the query: what was there then is whole if nothing beyond the cursor has been deleted by now.
    const floor = await this.#feed.floorOf(this.#principal.tenantId);
    if (floor > this.#cursor) return this.#expire(floor);
    this.#backlog = [...steps];
    // The tenant has nothing more up to there; what lies between belongs to others.
    if (steps.length === 0) this.#cursor = until ?? Math.max(this.#cursor, head);
    return undefined;
  }

  #wait(): Promise<void> {
    this.#isLive = true;
    // The tail has nothing more for anybody up to there.
    this.#cursor = Math.max(this.#cursor, this.#feed.head);
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Moves to the live edge when too much of this tenant lies before it; otherwise the rest is caught up with, without loss. */
  async #skip(): Promise<Payload | undefined> {
    const after = this.#cursor;
    const until = this.#feed.head;
    const missed = await this.#feed.topic.countSteps(this.#principal.tenantId, after, until);
    if (missed <= this.#feed.longestLag) {
      this.#isLive = false;
      return undefined;
    }
    this.#cursor = until;
    this.#backlog = [];
    this.#feed.noteGap();
    const { write } = this.#feed.cursors;
    return this.#feed.topic.gapOf(write(until), { after: write(after), missed, isExpired: false });
  }

  /** Goes on behind what has been deleted. */
  #expire(floor: number): Payload {
    const after = this.#cursor;
    this.#cursor = floor;
    this.#backlog = [];
    this.#feed.noteGap();
    const { write } = this.#feed.cursors;
    return this.#feed.topic.gapOf(write(floor), { after: write(after), missed: 0, isExpired: true });
  }
}
