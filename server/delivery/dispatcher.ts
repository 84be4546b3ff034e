import { randomUUID } from 'node:crypto';
import { DomainError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { EventSinkService, RoutableSink } from '../modules/event-sink/event-sink.service.ts';
import { Alarm, type AlarmClock } from './alarm.ts';
import { type Attempt, healthAfter, settle, unsendable } from './attempt.ts';
import { allowance, availableAt, type SinkHealth } from './breaker.ts';
import type { ClaimedDelivery, DispatchRepository, FinishedDelivery, SinkQueue } from './dispatch.repository.ts';
import type { FailingSinks } from './failing-sinks.ts';
import type { Notification } from './notification.ts';
import type { Notifications } from './notifications.ts';
import { sendInTime } from './send-in-time.ts';
import type { Senders } from './senders/senders.ts';

export interface DispatcherParts extends AlarmClock {
  readonly repository: DispatchRepository;
  readonly sinks: EventSinkService;
  readonly senders: Pick<Senders, 'send'>;
  readonly notifications: Notifications;
  readonly failing: FailingSinks;
  readonly metrics: Metrics;
  readonly log: Logger;
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

/** A delivery that this process has claimed and not begun yet. */
interface Held {
  readonly delivery: ClaimedDelivery;
  readonly sink: RoutableSink | undefined;
  readonly notification: Notification | undefined;
  readonly claimedAt: number;
}

/** Attempts at once: over all, and to one sink, so that one that answers nothing leaves room for the others. */
const atOnce = { all: 64, aSink: 8 };
/** Claimed of one sink at a time, those being attempted among them; more are claimed when only so many are left. */
const held = { most: 128, least: 32 };
/** How long a claim holds; longer than an attempt and the writing of its end can take. */
const leaseMs = 60_000;
/** What was not begun for so long after it was claimed is left to the end of its claim: an attempt must not outlast that. */
const freshMs = leaseMs / 2;
/** After a look that failed. */
const afterFailureMs = 5000;

/**
 * Sends what is due. Every process has one; a delivery is attempted by whoever claims it, and if that process dies, by another when
 * the claim has run out. So each is sent at least once, always under one id.
 */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #alarm: Alarm;
  readonly #claim = randomUUID();
  readonly #closing = new AbortController();
  readonly #inFlight = new Map<string, number>();
  readonly #held = new Map<string, Held[]>();
  readonly #running = new Set<Promise<void>>();
  #ended: Ended[] = [];
  #writing: Promise<void> | undefined;
  #looking: Promise<void> | undefined;
  #isStale = false;
  #isClosed = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#alarm = new Alarm(parts, () => this.look());
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
    this.#alarm.close();
    await this.#looking;
    this.#held.clear();
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
      this.#alarm.setTo(this.#parts.now() + afterFailureMs);
    }
  }

  async #begin(): Promise<void> {
    const { repository, sinks, notifications, now } = this.#parts;
    const queues = await repository.queues();
    const at = now();
    const later = queues.map(({ dueAt, health }) => Math.max(dueAt, availableAt(health))).filter((due) => due > at);
    if (later.length > 0) this.#alarm.setTo(Math.min(...later));
    const places = this.#places(queues, at);
    if (places.size === 0) return;
    const claimed = await repository.claim(places, this.#claim, at, leaseMs);
    if (claimed.length === 0) return;
    const known = new Map((await sinks.routable()).map((sink) => [sink.id, sink]));
    const worded = await notifications.of(claimed);
    for (const delivery of claimed) {
      const mine = this.#held.get(delivery.sinkId) ?? [];
      const sink = known.get(delivery.sinkId);
      mine.push({ delivery, sink, notification: worded.get(delivery.id), claimedAt: at });
      this.#held.set(delivery.sinkId, mine);
    }
    this.#startHeld();
  }

  /** How many deliveries of whom are to be claimed: those first of whom the fewest are being attempted. */
  #places(queues: readonly SinkQueue[], at: number): Map<string, number> {
    const due = queues
      .filter(({ dueAt }) => dueAt <= at)
      .sort((left, right) => this.#busy(left.sinkId) - this.#busy(right.sinkId) || left.dueAt - right.dueAt);
    const places = new Map<string, number>();
    for (const { sinkId, health } of due) {
      const mine = this.#busy(sinkId) + (this.#held.get(sinkId)?.length ?? 0);
      const most = mine > held.least ? 0 : allowance(health, held.most - mine, at);
      if (most > 0) places.set(sinkId, most);
    }
    return places;
  }

  /** Attempts of a sink that are under way. */
  #busy(sinkId: string): number {
    return this.#inFlight.get(sinkId) ?? 0;
  }

  /** Begins what is claimed and has room; those first of whom the fewest are being attempted. */
  #startHeld(): void {
    let free = atOnce.all - [...this.#inFlight.values()].reduce((sum, count) => sum + count, 0);
    while (free > 0 && !this.#isClosed) {
      const [next] = [...this.#held]
        .filter(([sinkId]) => this.#busy(sinkId) < atOnce.aSink)
        .sort(([left], [right]) => this.#busy(left) - this.#busy(right));
      if (!next) return;
      const [sinkId, mine] = next;
      const first = mine.shift();
      if (mine.length === 0) this.#held.delete(sinkId);
      if (!first || this.#parts.now() - first.claimedAt > freshMs) continue;
      this.#start(first);
      free--;
    }
  }

  #start(one: Held): void {
    const { sinkId } = one.delivery;
    this.#inFlight.set(sinkId, this.#busy(sinkId) + 1);
    let isFree = false;
    const free = () => {
      if (isFree) return;
      isFree = true;
      this.#leave(sinkId);
    };
    const running = this.#attempt(one, free).finally(() => {
      this.#running.delete(running);
      free();
    });
    this.#running.add(running);
  }

  /** An attempt has made room for another. */
  #leave(sinkId: string): void {
    const left = this.#busy(sinkId) - 1;
    if (left > 0) this.#inFlight.set(sinkId, left);
    else this.#inFlight.delete(sinkId);
    this.#startHeld();
    if (!this.#isClosed && left + (this.#held.get(sinkId)?.length ?? 0) <= held.least) void this.look();
  }

  /** Calls `free` before its end is written where that says nothing ill of the sink: the next need not wait for the disk. */
  async #attempt({ delivery, sink, notification }: Held, free: () => void): Promise<void> {
    const { sinks, log, now, random } = this.#parts;
    try {
      if (!sink) return await this.#end(unsendable(delivery, now(), 'The sink was deleted'), null);
      const target = sink.isEnabled ? await sinks.targetOf(sink.id).catch(wordsOf) : null;
      if (!target) return await this.#end(unsendable(delivery, now(), 'The sink is switched off'), null);
      if (typeof target === 'string') return await this.#end(unsendable(delivery, now(), target), null);
      if (!notification) return await this.#end(unsendable(delivery, now(), 'What it tells of was deleted'), null);
      const at = now();
      const outcome = await sendInTime(
        (signal) => this.#parts.senders.send(notification, target, signal),
        this.#closing.signal,
        (cause) => log.error({ err: cause, delivery: delivery.id }, 'A sender failed'),
      );
      if (outcome === null) return;
      if (outcome.result === 'GONE') await sinks.switchOff(sink.id, outcome.error);
      const attempt = { delivery, outcome, at, endedAt: now() };
      const written = this.#end(settle(attempt, random), attempt);
      if (outcome.result === 'DELIVERED') free();
      await written;
    } catch (cause) {
      log.error(
        { err: cause, delivery: delivery.id },
        'A delivery could not be attempted; it is due again when its claim has run out',
      );
    }
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
    for (const [sinkId, { after }] of healths) await this.#giveBack(sinkId, after);
    await failing.tell(written, healths);
  }

  /** What is claimed of a sink that is to be left alone waits where every process can see it. */
  async #giveBack(sinkId: string, health: SinkHealth): Promise<void> {
    const mine = this.#held.get(sinkId) ?? [];
    if (mine.length === 0 || allowance(health, atOnce.aSink, this.#parts.now()) >= atOnce.aSink) return;
    this.#held.delete(sinkId);
    const ids = mine.map(({ delivery }) => delivery.id);
    await this.#parts.repository.release(this.#claim, this.#parts.now(), ids);
  }
}

/** What people have to see to before a sink can be told anything, such as secrets that cannot be read; anything else is thrown on. */
function wordsOf(cause: unknown): string {
  if (cause instanceof DomainError) return cause.message;
  throw cause;
}
