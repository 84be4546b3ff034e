import { randomUUID } from 'node:crypto';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { EventSinkService, RoutableSink } from '../modules/event-sink/event-sink.service.ts';
import { type Attempt, healthAfter, settle, unsendable } from './attempt.ts';
import { allowance, availableAt } from './breaker.ts';
import type { ClaimedDelivery, DispatchRepository, FinishedDelivery, SinkQueue } from './dispatch.repository.ts';
import type { FailingSinks } from './failing-sinks.ts';
import type { Notifications } from './notifications.ts';
import type { Outcome } from './sender.ts';
import type { Senders } from './senders/senders.ts';

export interface DispatcherParts {
  readonly repository: DispatchRepository;
  readonly sinks: EventSinkService;
  readonly senders: Pick<Senders, 'send'>;
  readonly notifications: Notifications;
  readonly failing: FailingSinks;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly every: (ms: number, callBack: () => Promise<void>) => () => void;
  /** From 0 to 1, 1 excluded. */
  readonly random: () => number;
  /** The feed has grown. */
  readonly onChange: () => void;
}

/** A delivery that waits for its end to be written; without an attempt where none could be made. */
interface Ended {
  readonly finished: FinishedDelivery;
  readonly attempt: Attempt | null;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** Attempts at once: over all, and to one sink, so that one that answers nothing leaves room for the others. */
const atOnce = { all: 64, aSink: 4 };
const attemptMs = 15_000;
/** How long a claim holds; longer than an attempt and the writing of its end can take. */
const leaseMs = 60_000;
/** A timer takes no longer wait. */
const longestWaitMs = 24 * 3_600_000;
/** After a look that failed. */
const afterFailureMs = 5000;

/**
 * Sends what is due. Every process has one; a delivery is attempted by whoever claims it, and if that process dies, by another when
 * the claim has run out. So each is sent at least once, always under one id.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #claim = randomUUID();
  readonly #closing = new AbortController();
  readonly #inFlight = new Map<string, number>();
  readonly #running = new Set<Promise<void>>();
  #ended: Ended[] = [];
  #writing: Promise<void> | undefined;
  #looking: Promise<void> | undefined;
  #isStale = false;
  #isClosed = false;
  #disarm: (() => void) | undefined;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Begins an attempt of all that is due and has room; never rejects. Resolves once they are begun, not once they have ended. */
  look(): Promise<void> {
    this.#isStale = true;
    this.#looking ??= this.#lookUntilFresh().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  /** Begins nothing more; lets attempts end for so long, then cuts them off, and gives back what was not sent. */
  async close(graceMs: number): Promise<void> {
    this.#isClosed = true;
    this.#disarm?.();
    await this.#looking;
    const cutOff = setTimeout(() => this.#closing.abort(), graceMs);
    await Promise.all(this.#running);
    clearTimeout(cutOff);
    await this.#writing;
    await this.#parts.repository
      .release(this.#claim, this.#parts.now())
      .catch((cause: Error) =>
        this.#parts.log.warn({ err: cause }, 'Deliveries that were claimed could not be given back'),
      );
  }

  async #lookUntilFresh(): Promise<void> {
    try {
      while (this.#isStale && !this.#isClosed) {
        this.#isStale = false;
        await this.#begin();
      }
    } catch (cause) {
      this.#parts.log.error({ err: cause }, 'Deliveries could not be looked for; the next look is in a moment');
      this.#arm(this.#parts.now() + afterFailureMs);
    }
  }

  async #begin(): Promise<void> {
    const { repository, sinks, now } = this.#parts;
    const queues = await repository.queues();
    const at = now();
    const later = queues.map(({ dueAt, health }) => Math.max(dueAt, availableAt(health))).filter((due) => due > at);
    if (later.length > 0) this.#arm(Math.min(...later));
    const places = this.#places(queues, at);
    if (places.size === 0) return;
    const claimed = await repository.claim(places, this.#claim, at, leaseMs);
    if (claimed.length === 0) return;
    const known = new Map((await sinks.routable()).map((sink) => [sink.id, sink]));
    for (const delivery of claimed) this.#start(delivery, known.get(delivery.sinkId));
  }

  /** Who gets how many of the free places: those first of whom the fewest are being attempted. */
  #places(queues: readonly SinkQueue[], at: number): Map<string, number> {
    let free = atOnce.all - [...this.#inFlight.values()].reduce((sum, count) => sum + count, 0);
    const busy = (sinkId: string) => this.#inFlight.get(sinkId) ?? 0;
    const due = queues
      .filter(({ dueAt }) => dueAt <= at)
      .sort((left, right) => busy(left.sinkId) - busy(right.sinkId) || left.dueAt - right.dueAt);
    const places = new Map<string, number>();
    for (const { sinkId, health } of due) {
      const most = allowance(health, Math.min(atOnce.aSink - busy(sinkId), free), at);
      if (most <= 0) continue;
      places.set(sinkId, most);
      free -= most;
    }
    return places;
  }

  #start(delivery: ClaimedDelivery, sink: RoutableSink | undefined): void {
    const { sinkId } = delivery;
    this.#inFlight.set(sinkId, (this.#inFlight.get(sinkId) ?? 0) + 1);
    const running = this.#attempt(delivery, sink).finally(() => {
      this.#running.delete(running);
      const left = (this.#inFlight.get(sinkId) ?? 1) - 1;
      if (left > 0) this.#inFlight.set(sinkId, left);
      else this.#inFlight.delete(sinkId);
      if (!this.#isClosed) void this.look();
    });
    this.#running.add(running);
  }

  async #attempt(delivery: ClaimedDelivery, sink: RoutableSink | undefined): Promise<void> {
    const { sinks, notifications, log, now, random } = this.#parts;
    try {
      if (!sink) return await this.#end(unsendable(delivery, now(), 'The sink was deleted'), null);
      const target = sink.isEnabled ? await sinks.targetOf(sink.id) : null;
      if (!target) return await this.#end(unsendable(delivery, now(), 'The sink is switched off'), null);
      const notification = await notifications.of(delivery);
      if (!notification) return await this.#end(unsendable(delivery, now(), 'What it tells of was deleted'), null);
      const at = now();
      const outcome = await this.#send((signal) => this.#parts.senders.send(notification, target, signal));
      if (outcome === null) return;
      if (outcome.result === 'GONE') await sinks.switchOff(sink.id, outcome.error);
      const attempt = { delivery, outcome, at, endedAt: now() };
      await this.#end(settle(attempt, random), attempt);
    } catch (cause) {
      log.error(
        { err: cause, delivery: delivery.id },
        'A delivery could not be attempted; it is due again when its claim has run out',
      );
    }
  }

  /** Null when the server stops before the attempt has ended: it may have been received, and will be repeated. */
  async #send(send: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome | null> {
    const timeout = AbortSignal.timeout(attemptMs);
    const signal = AbortSignal.any([timeout, this.#closing.signal]);
    if (signal.aborted) return null;
    const cutOff = new Promise<Outcome>((resolve) => {
      const late: Outcome = { result: 'RETRY', status: null, error: 'No answer within 15 seconds' };
      signal.addEventListener('abort', () => resolve(late), { once: true });
    });
    const failed = (cause: unknown): Outcome => {
      this.#parts.log.error({ err: cause }, 'A sender failed');
      return { result: 'RETRY', status: null, error: 'The attempt could not be made' };
    };
    const outcome = await Promise.race([send(signal).catch(failed), cutOff]);
    return this.#closing.signal.aborted ? null : outcome;
  }

  /** Attempts that end while others are written share a transaction. */
  #end(finished: FinishedDelivery, attempt: Attempt | null): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#ended.push({ finished, attempt, resolve, reject });
    this.#writing ??= this.#writeAll();
    return promise;
  }

  async #writeAll(): Promise<void> {
    while (this.#ended.length > 0) {
      const ended = this.#ended;
      this.#ended = [];
      try {
        await this.#write(ended);
        for (const { resolve } of ended) resolve();
      } catch (cause) {
        for (const { reject } of ended) reject(cause);
      }
    }
    this.#writing = undefined;
  }

  async #write(ended: readonly Ended[]): Promise<void> {
    const { repository, metrics, failing, onChange } = this.#parts;
    const attempts = new Map(ended.map(({ finished, attempt }) => [finished, attempt]));
    const { written, healths } = await repository.finish(
      ended.map(({ finished }) => finished),
      this.#claim,
      (before, ofSink) => {
        const made = ofSink.flatMap((each) => attempts.get(each) ?? []);
        const after = made.length === 0 ? before : healthAfter(before, made);
        return failing.mark(before, after, ofSink);
      },
    );
    for (const { attempt } of written) metrics.deliveryAttempts.inc({ result: attempt.result.toLowerCase() });
    onChange();
    await failing.tell(written, healths);
  }

  #arm(at: number): void {
    if (this.#isClosed) return;
    this.#disarm?.();
    const wait = Math.min(Math.max(at - this.#parts.now(), 1), longestWaitMs);
    const stop = this.#parts.every(wait, async () => {
      stop();
      await this.look();
    });
    this.#disarm = stop;
  }
}
