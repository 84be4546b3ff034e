import { Overloaded } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../persistence/database.ts';
import type { CommittedGroup, JournalGroup } from '../persistence/journal/journal-group.ts';
import { mergeObserved } from './observed-rows.ts';

export interface JournalLimits {
  /** Events that may wait. */
  readonly events: number;
  /** Bytes of raw text that may wait. */
  readonly bytes: number;
}

interface Waiting {
  readonly part: JournalGroup;
  readonly size: number;
  readonly bytes: number;
  readonly resolve: (repeats: CommittedGroup['repeats']) => void;
  readonly reject: (cause: Error) => void;
}

/** A group is full at this many records; a single request may exceed it, for it is never split. */
const fullGroup = 1500;
/** Two groups at once keep both cores busy: one is written while the next is sent over. */
const groupsAtOnce = 2;

/**
 * Group commit: what waits when a transaction slot is free is stored together, without a timer, and every request is answered
 * after its group is on disk. When too much waits, a request is refused whole.
 */
export class Journal {
  readonly #database: Database;
  readonly #limits: JournalLimits;
  readonly #metrics: Metrics;
  readonly #log: Logger;
  readonly #onCommit: (feedCursor: number) => void;
  readonly #queue: Waiting[] = [];
  #waitingEvents = 0;
  #waitingBytes = 0;
  #running = 0;
  #scheduled = false;
  #closed = false;
  #idle: (() => void) | undefined;

  constructor(
    database: Database,
    limits: JournalLimits,
    metrics: Metrics,
    log: Logger,
    onCommit: (feedCursor: number) => void,
  ) {
    this.#database = database;
    this.#limits = limits;
    this.#metrics = metrics;
    this.#log = log;
    this.#onCommit = onCommit;
  }

  /** Stores the rows of one request, all or none; resolves with those stored before once they are on disk. */
  append(part: JournalGroup, bytes: number): Promise<CommittedGroup['repeats']> {
    const size = part.events.length + part.rejected.length;
    const isFull = this.#waitingEvents + size > this.#limits.events || this.#waitingBytes + bytes > this.#limits.bytes;
    // A request larger than the whole queue is still taken when nothing else waits: it could never be sent otherwise.
    if (this.#closed || (isFull && this.#waitingEvents > 0)) {
      this.#metrics.refused.inc(size);
      return Promise.reject(new Overloaded(1));
    }
    this.#waitingEvents += size;
    this.#waitingBytes += bytes;
    return new Promise((resolve, reject) => {
      this.#queue.push({ part, size, bytes, resolve, reject });
      this.#schedule();
    });
  }

  /** Records that wait for their commit. */
  get waiting(): number {
    return this.#waitingEvents;
  }

  /** Takes nothing more and resolves when all that waited is stored. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#queue.length === 0 && this.#running === 0) return;
    await new Promise<void>((resolve) => {
      this.#idle = resolve;
    });
  }

  /** Requests read in the same turn of the event loop share a group. */
  #schedule(): void {
    if (this.#scheduled || this.#running >= groupsAtOnce) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      while (this.#queue.length > 0 && this.#running < groupsAtOnce) void this.#commitNext();
    });
  }

  async #commitNext(): Promise<void> {
    const taken = this.#take();
    const size = taken.reduce((sum, waiting) => sum + waiting.size, 0);
    this.#running++;
    const startedAt = performance.now();
    try {
      const { repeats, feedCursor } = await this.#database.commit(merge(taken));
      this.#metrics.commitSeconds.observe((performance.now() - startedAt) / 1000);
      this.#metrics.groupSize.observe(size);
      answer(taken, repeats);
      this.#onCommit(feedCursor);
    } catch (cause) {
      await this.#storeApart(taken, cause as Error);
    }
    this.#running--;
    this.#waitingEvents -= size;
    this.#waitingBytes -= taken.reduce((sum, waiting) => sum + waiting.bytes, 0);
    if (this.#queue.length > 0) this.#schedule();
    else if (this.#running === 0) this.#idle?.();
  }

  /** One request that cannot be stored must not keep out those that happened to share its group. */
  async #storeApart(taken: readonly Waiting[], cause: Error): Promise<void> {
    const [only] = taken;
    if (only && taken.length === 1) return this.#giveUp(only, cause);
    for (const waiting of taken) {
      try {
        const { repeats, feedCursor } = await this.#database.commit(waiting.part);
        waiting.resolve(repeats);
        this.#onCommit(feedCursor);
      } catch (own) {
        this.#giveUp(waiting, own as Error);
      }
    }
  }

  #giveUp({ size, reject }: Waiting, cause: Error): void {
    this.#log.error({ err: cause, records: size }, 'A request could not be stored; its sender is told to come again');
    reject(new Overloaded(5));
  }

  #take(): Waiting[] {
    let size = 0;
    let end = 0;
    for (const waiting of this.#queue) {
      if (end > 0 && size + waiting.size > fullGroup) break;
      size += waiting.size;
      end++;
    }
    return this.#queue.splice(0, end);
  }
}

function merge(taken: readonly Waiting[]): JournalGroup {
  const [only] = taken;
  if (only && taken.length === 1) return only.part;
  return {
    events: taken.flatMap(({ part }) => part.events),
    alerts: taken.flatMap(({ part }) => part.alerts),
    fingerprints: taken.flatMap(({ part }) => part.fingerprints),
    rejected: taken.flatMap(({ part }) => part.rejected),
    observed: mergeObserved(taken.map(({ part }) => part)),
  };
}

/** Gives each request the repeats among its own events, with their places in the request. */
function answer(taken: readonly Waiting[], repeats: CommittedGroup['repeats']): void {
  let start = 0;
  for (const { part, resolve } of taken) {
    const end = start + part.events.length;
    resolve(
      repeats.length === 0
        ? []
        : repeats.flatMap(([index, id]) => (index >= start && index < end ? [[index - start, id] as const] : [])),
    );
    start = end;
  }
}
