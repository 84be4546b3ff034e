import type { AlertFilter } from '../../schema/alert/alert.input.ts';
import type { Principal } from '../context.ts';
import { InvalidInput } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { matcherOf } from '../modules/alert/alert.filter.ts';
import type { AlertService, AlertStep } from '../modules/alert/alert.service.ts';
import { AlertSubscription, chunkLength } from './alert-subscription.ts';

/** Steps kept in memory for those at the live edge. */
const tailLength = 2000;

/**
 * The live edge of the durable feed. Everyone reads the feed by cursor at their own pace: those close to its end share one tail in
 * memory, which is filled by one query a commit however many they are; the others read the database.
 */
export class AlertFeed {
  readonly #alerts: AlertService;
  readonly #isActive: (principal: Principal) => boolean;
  readonly #metrics: Metrics;
  readonly #log: Logger;
  readonly #subscriptions = new Set<AlertSubscription>();
  #tail: AlertStep[] = [];
  #tailAfter = 0;
  #head = 0;
  #isFilling = false;
  #stale = false;
  #poll: NodeJS.Timeout | undefined;

  constructor(
    alerts: AlertService,
    isActive: (principal: Principal) => boolean,
    metrics: Metrics,
    log: Logger,
    pollMs: number | undefined,
  ) {
    this.#alerts = alerts;
    this.#isActive = isActive;
    this.#metrics = metrics;
    this.#log = log;
    // Other processes on the same database write to the same feed.
    if (pollMs !== undefined) this.#poll = setInterval(() => this.wake(), pollMs).unref();
  }

  /** The steps after a cursor, or from now on, that the filter lets through; goes on until the caller leaves. */
  async follow(principal: Principal, filter: AlertFilter, after: string | null): Promise<AlertSubscription> {
    const last = await this.#alerts.lastCursor();
    const start = after === null ? last : readCursor(after, last);
    if (this.#subscriptions.size === 0) this.#restart(last);
    const subscription = new AlertSubscription(this, this.#alerts, principal, matcherOf(filter), start, after === null);
    this.#subscriptions.add(subscription);
    this.#metrics.subscribers.inc();
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

  /** The last step in the tail. */
  get head(): number {
    return this.#head;
  }

  /** The step after a cursor, `undefined` at the end of the tail, `'before tail'` when only the database has it. */
  next(cursor: number): AlertStep | undefined | 'before tail' {
    if (cursor < this.#tailAfter) return 'before tail';
    let low = 0;
    let high = this.#tail.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#tail[middle] as AlertStep).cursor > cursor) high = middle;
      else low = middle + 1;
    }
    return this.#tail[low];
  }

  isActive(principal: Principal): boolean {
    return this.#isActive(principal);
  }

  noteGap(): void {
    this.#metrics.gaps.inc();
  }

  leave(subscription: AlertSubscription): void {
    if (this.#subscriptions.delete(subscription)) this.#metrics.subscribers.dec();
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
      while (this.#stale) {
        this.#stale = false;
        const steps = await this.#alerts.stepsAfter(this.#head, chunkLength, null);
        if (steps.length === 0) continue;
        if (steps.length === chunkLength) this.#stale = true;
        this.#extend(steps);
        for (const subscription of this.#subscriptions) subscription.wake();
      }
    } catch (cause) {
      this.#log.error({ err: cause }, 'The live feed could not be read; the next commit tries again');
    }
    // In the same step as the last look at #stale, or a commit in between would wake nobody.
    this.#isFilling = false;
  }

  #extend(steps: readonly AlertStep[]): void {
    this.#tail.push(...steps);
    this.#head = this.#tail.at(-1)?.cursor ?? this.#head;
    const surplus = this.#tail.length - tailLength;
    if (surplus <= 0) return;
    this.#tailAfter = this.#tail[surplus - 1]?.cursor ?? this.#tailAfter;
    this.#tail.splice(0, surplus);
  }
}

function readCursor(text: string, last: number): number {
  const cursor = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(cursor)) throw new InvalidInput('after', 'is not a cursor of this feed');
  if (cursor > last) throw new InvalidInput('after', 'lies ahead of this feed: it belongs to another database');
  return cursor;
}
