import { setTimeout as sleep } from 'node:timers/promises';
import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import { RetainedDataSet } from '../../../schema/retention/retention.enum.ts';
import type { Logger } from '../../log.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { BookkeepingRepository } from './bookkeeping.repository.ts';
import type { Bound, RetainedSource, Rule } from './retention.node.ts';
import type { RetentionRepository } from './retention.repository.ts';
import { type RetainedSources, type RetentionService, surplusOf } from './retention.service.ts';

/** How often it is looked whether a run is due, in milliseconds. */
export const retentionPollMs = 30_000;
/** How often a run is due if no rule changes, in milliseconds. */
const runMs = 3_600_000;
/** How long a worker that says nothing is believed to live, in milliseconds. */
const leaseMs = 60_000;
/** How often it is looked for what groups have left behind, which takes reading whole tables, in milliseconds. */
const sweepMs = 24 * 3_600_000;
/** How long a transaction may take, in milliseconds: ingest waits for its end. */
const wantedMs = 25;
/** Rows of a transaction: how many at first, and between what bounds their number follows the time that they take. */
const rowsAtOnce = { first: 100, least: 20, most: 500 };
/** How long it rests after each, in shares of what that took: ingest has at least this part of the time to itself. */
const restShare = 1;
/** Rows of its own that are deleted at once. */
const ownRowsAtOnce = 500;

/** In whose name the server deletes. */
const server = { credentialId: 'retention' };

interface Parts {
  readonly retention: RetentionService;
  readonly repository: RetentionRepository;
  readonly bookkeeping: BookkeepingRepository;
  readonly sources: RetainedSources;
  readonly audit: AuditService;
  readonly log: Logger;
  readonly now: () => number;
  /** How long steps of the feed, and bulk changes that have ended, are kept. */
  readonly feedMs: number;
  readonly bulkChangeMs: number;
}

/** Another process has taken over. */
class LostRun extends Error {}

/**
 * Carries the rules out: every hour, soon after the start, and when a rule has changed; in one process at a time. It deletes in short
 * transactions, between which others have their turn, each of which also adds to what the audit log is told at the end. If the
 * process dies, the next run goes on, and tells of both.
 */
export class Pruner {
  readonly #parts: Parts;
  readonly #worker = crypto.randomUUID();
  #running: Promise<void> | undefined;
  #isAsked = true;
  #isClosed = false;
  #rows = rowsAtOnce.first;
  #sweptAt = Number.NEGATIVE_INFINITY;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Runs now, or again after the run that goes on. */
  wake(): void {
    this.#isAsked = true;
    void this.look();
  }

  /** Runs if it is due; ends with the run, and never fails. */
  look(): Promise<void> {
    this.#running ??= this.#runWhileDue()
      .catch((cause: unknown) =>
        this.#parts.log.error({ err: cause }, 'Old data could not be deleted; the next look tries again'),
      )
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** Ends after the transaction under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running;
  }

  async #runWhileDue(): Promise<void> {
    const { repository, now } = this.#parts;
    while (!this.#isClosed) {
      const at = now();
      if (!(await repository.begin(this.#worker, at, at + leaseMs, at - runMs, this.#isAsked))) return;
      this.#isAsked = false;
      try {
        await this.#run();
      } catch (cause) {
        this.#isAsked = true;
        if (cause instanceof LostRun) return;
        throw cause;
      } finally {
        await repository.release(this.#worker);
      }
    }
  }

  async #run(): Promise<void> {
    const { repository, bookkeeping, now, feedMs, bulkChangeMs } = this.#parts;
    await bookkeeping.mark(now());
    for (const tenantId of await repository.tenants()) {
      const rules = await this.#parts.retention.rules(tenantId);
      for (const dataSet of Object.values(RetainedDataSet)) await this.#prune(tenantId, dataSet, rules[dataSet]);
      await this.#tell(tenantId);
    }
    await this.#repeat(() => bookkeeping.deleteSteps(now() - feedMs, ownRowsAtOnce));
    await this.#repeat(() => bookkeeping.deleteBulkChange(now() - bulkChangeMs, ownRowsAtOnce));
    if (now() - this.#sweptAt < sweepMs) return;
    await this.#repeat(() => bookkeeping.deleteRemains(ownRowsAtOnce));
    this.#sweptAt = now();
  }

  async #prune(tenantId: string, dataSet: RetainedDataSet, rule: Rule): Promise<void> {
    const { retention, sources } = this.#parts;
    const old = await retention.boundOf(tenantId, rule);
    if (old) await this.#delete(tenantId, dataSet, old, Number.POSITIVE_INFINITY);
    if (rule.keepBytes === null) return;
    const surplus = surplusOf(await sources[dataSet].held(tenantId), rule.keepBytes);
    if (surplus > 0) await this.#delete(tenantId, dataSet, await retention.boundOfAny(tenantId), surplus);
  }

  /** Deletes the oldest of the rows that may go, at most so many. */
  async #delete(tenantId: string, dataSet: RetainedDataSet, bound: Bound, most: number): Promise<void> {
    const source = this.#parts.sources[dataSet];
    let left = most;
    for (let after: Parameters<RetainedSource['find']>[2] = null; left > 0 && !this.#isClosed; ) {
      const { keys, next } = await source.find(tenantId, bound, after, Math.min(left, this.#rows));
      if (keys.length > 0) await this.#remove(tenantId, dataSet, keys);
      if (next === null) return;
      left -= keys.length;
      after = next;
    }
  }

  async #remove(
    tenantId: string,
    dataSet: RetainedDataSet,
    keys: Parameters<RetainedSource['remove']>[2],
  ): Promise<void> {
    const { repository, sources, now } = this.#parts;
    const startedAt = performance.now();
    await repository.transaction(async (transaction) => {
      if (!(await repository.hold(transaction, this.#worker, now() + leaseMs))) throw new LostRun();
      const removed = await sources[dataSet].remove(transaction, tenantId, keys);
      if (removed.rows > 0) await repository.note(transaction, tenantId, dataSet, removed);
    });
    const tookMs = performance.now() - startedAt;
    const fitting = Math.round((keys.length * wantedMs) / Math.max(1, tookMs));
    this.#rows = Math.min(rowsAtOnce.most, Math.max(rowsAtOnce.least, Math.min(fitting, 2 * this.#rows)));
    await sleep(tookMs * restShare);
  }

  async #tell(tenantId: string): Promise<void> {
    const { repository, retention, audit } = this.#parts;
    if (this.#isClosed) return;
    const rules = await retention.rules(tenantId);
    await repository.transaction(async (transaction) => {
      const notes = await repository.takeNotes(transaction, tenantId);
      if (notes.length === 0) return;
      const entries = notes.map(({ dataSet, deleted, captures, sums }) => {
        const hung = { deletedCaptures: captures, correctedSums: sums };
        return [dataSet, { deletedRows: deleted, ...hung, ...rules[dataSet] }] as const;
      });
      await audit.record(
        transaction,
        { tenantId, ...server },
        { action: AuditAction.APPLY_RETENTION, subject: 'retention', details: Object.fromEntries(entries) },
      );
    });
  }

  async #repeat(deleteSome: () => Promise<number>): Promise<void> {
    while (!this.#isClosed) {
      const startedAt = performance.now();
      if ((await deleteSome()) === 0) return;
      await sleep((performance.now() - startedAt) * restShare);
    }
  }
}
