import { setTimeout as sleep } from 'node:timers/promises';
import type { FeedGap } from '../../schema/alert/alert-raised.type.ts';
import type { Principal } from '../context.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { FeedChunk } from '../persistence/journal/feed-chunk.ts';
import { type CursorForm, feedCursor, readCursor } from './cursor.ts';
import { chunkLength, Subscription } from './subscription.ts';

/** Whatever stands in the feed under one topic. */
export interface TopicStep {
  readonly cursor: number;
}

/** What is followed: the steps of the feed, or the events, which are a feed of their own. */
export type FeedKind = 'steps' | 'events';

/** How the steps of a topic are read. */
export interface StepSource<Step> {
  /** Steps after a cursor, of one tenant or, for the tail that all share, of every one; those alike may have become one. */
  stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<Step>>;
  /** Steps of a tenant after one cursor up to and including another. */
  countSteps(tenantId: string, after: number, until: number): Promise<number>;
}

/** A topic, and what subscribers get of its steps. */
export interface Topic<Step extends TopicStep, Payload> extends StepSource<Step> {
  /** Left out: the steps of the feed. */
  readonly kind?: FeedKind;
  /** How its cursors are written; left out: as places in the feed. */
  readonly cursors?: CursorForm;
  /** The shortest time between two looks at what is new, in milliseconds, in which steps gather that become one; left out: none. */
  readonly gatherMs?: number;
  /** How many steps a live subscriber may fall behind by before it is told of a gap; fewer are caught up with. Left out: 1,000. */
  readonly longestLag?: number;
  /** The last cursor given to any topic. */
  lastCursor(): Promise<number>;
  tenantOf(step: Step): string;
  payloadOf(step: Step): Payload;
  gapOf(cursor: string, gap: FeedGap): Payload;
}

/** What a feed needs of the server. */
export interface FeedParts {
  readonly isActive: (principal: Principal) => boolean;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** How often to look for what other processes have written; undefined: there are none. */
  readonly pollMs: number | undefined;
  /** The place up to which a tenant's steps have been deleted; 0: none has. */
  readonly floorOf: (tenantId: string, kind: FeedKind) => Promise<number>;
}

/** Steps kept in memory for those at the live edge. */
const tailLength = 2000;

/** How far the feed may grow by steps of other topics before it is worth a query to be past them. */
const idleSteps = 1000;

/**
 * The live edge of one topic of the durable feed. Everyone reads the feed by cursor at their own pace: those close to its end share one tail in
 * memory, which is filled by one query a commit however many they are; the others read the database.
 */
export class TopicFeed<Step extends TopicStep, Payload> {
  readonly topic: Topic<Step, Payload>;
  readonly #parts: FeedParts;
  readonly #payloads = new WeakMap<Step, Payload>();
  readonly #subscriptions = new Set<Subscription<Step, Payload>>();
  #tail: Step[] = [];
  #tailAfter = 0;
  #head = 0;
  #isFilling = false;
  #stale = false;
  #filledAt = Number.NEGATIVE_INFINITY;
  #poll: NodeJS.Timeout | undefined;

  constructor(topic: Topic<Step, Payload>, parts: FeedParts) {
    this.topic = topic;
    this.#parts = parts;
    // Other processes on the same database write to the same feed.
    if (parts.pollMs !== undefined) this.#poll = setInterval(() => this.wake(), parts.pollMs).unref();
  }

  /** The steps after a cursor, or from now on, that are let through; goes on until the caller leaves. */
  async join(
    principal: Principal,
    matches: (step: Step) => boolean,
    after: string | null,
  ): Promise<Subscription<Step, Payload>> {
    const last = await this.topic.lastCursor();
    const start = after === null ? last : readCursor(this.cursors, after, last);
    if (this.#subscriptions.size === 0) this.#restart(last);
    const subscription = new Subscription(this, principal, matches, start, after === null);
    this.#subscriptions.add(subscription);
    this.#parts.metrics.subscribers.inc();
    // A commit between reading the last cursor and joining has woken nobody.
    this.wake();
    return subscription;
  }

  /** The feed has grown. */
  wake(): void {
    if (this.#subscriptions.size === 0) return;
    this.#stale = true;
    if (!this.#isFilling) void this.#fill();
  }

  get cursors(): CursorForm {
    return this.topic.cursors ?? feedCursor;
  }

  /** The last step in the tail. */
  get head(): number {
    return this.#head;
  }

  /** The step after a cursor, `undefined` at the end of the tail, `'before tail'` when only the database has it. */
  next(cursor: number): Step | undefined | 'before tail' {
    return cursor < this.#tailAfter ? 'before tail' : this.#tail[this.#placeAfter(cursor)];
  }

  /** The place up to which a tenant's steps have been deleted. */
  floorOf(tenantId: string): Promise<number> {
    return this.#parts.floorOf(tenantId, this.topic.kind ?? 'steps');
  }

  get longestLag(): number {
    return this.topic.longestLag ?? 1000;
  }

  /** Whether perhaps more steps than a live subscriber may fall behind by lie after a cursor. */
  isFarAhead(cursor: number): boolean {
    return cursor < this.#tailAfter || this.#tail.length - this.#placeAfter(cursor) > this.longestLag;
  }

  /** Of the steps in the tail, the place of the first one after a cursor. */
  #placeAfter(cursor: number): number {
    let low = 0;
    let high = this.#tail.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#tail[middle] as Step).cursor > cursor) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The same object for every subscriber, so that what is made of it for one can serve the others. */
  payload(step: Step): Payload {
    let known = this.#payloads.get(step);
    if (!known) {
      known = this.topic.payloadOf(step);
      this.#payloads.set(step, known);
    }
    return known;
  }

  isActive(principal: Principal): boolean {
    return this.#parts.isActive(principal);
  }

  noteGap(): void {
    this.#parts.metrics.gaps.inc();
  }

  leave(subscription: Subscription<Step, Payload>): void {
    if (this.#subscriptions.delete(subscription)) this.#parts.metrics.subscribers.dec();
  }

  close(): void {
    clearInterval(this.#poll);
    for (const subscription of this.#subscriptions) void subscription.return();
  }

  #restart(cursor: number): void {
    this.#tail = [];
    this.#tailAfter = cursor;
    this.#head = cursor;
  }

  async #fill(): Promise<void> {
    this.#isFilling = true;
    try {
      for (let isRest = false; this.#stale; ) {
        if (!isRest) await this.#gather();
        this.#stale = false;
        // Whoever joins begins anew.
        if (this.#subscriptions.size === 0) break;
        const { steps, until } = await this.topic.stepsAfter(this.#head, chunkLength, null);
        isRest = until !== undefined;
        if (isRest) this.#stale = true;
        else if (steps.length === 0) await this.#passOthers();
        if (steps.length === 0 && until === undefined) continue;
        this.#extend(steps, until);
        for (const subscription of this.#subscriptions) subscription.wake();
      }
    } catch (cause) {
      this.#parts.log.error({ err: cause }, 'The live feed could not be read; the next commit tries again');
    }
    // In the same step as the last look at #stale, or a commit in between would wake nobody.
    this.#isFilling = false;
  }

  /** Lets steps come together that become one. */
  async #gather(): Promise<void> {
    const { gatherMs = 0 } = this.topic;
    const rest = this.#filledAt + gatherMs - performance.now();
    if (gatherMs > 0 && rest > 0) await sleep(rest, undefined, { ref: false });
    this.#filledAt = performance.now();
  }

  /** Moves the head over steps of other topics, which each look would go through again. */
  async #passOthers(): Promise<void> {
    const last = await this.topic.lastCursor();
    if (last - this.#head < idleSteps) return;
    const { steps, until } = await this.topic.stepsAfter(this.#head, 1, null);
    if (steps.length === 0 && until === undefined) this.#head = last;
    else this.#stale = true;
  }

  #extend(steps: readonly Step[], until: number | undefined): void {
    this.#tail.push(...steps);
    this.#head = until ?? steps.at(-1)?.cursor ?? this.#head;
    const surplus = this.#tail.length - tailLength;
    if (surplus <= 0) return;
    this.#tailAfter = this.#tail[surplus - 1]?.cursor ?? this.#tailAfter;
    this.#tail.splice(0, surplus);
  }
}
