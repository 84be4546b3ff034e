import type { RetainedDataSet } from '../../../schema/retention/retention.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { leastUuidV7 } from '../../uuid-v7.ts';
import type { RemovedRows } from '../data-set/data-set.node.ts';
import { retentionRuleSchema, retentionRunSchema, retentionWorkerSchema } from './retention.entity.ts';
import type { Rule } from './retention.node.ts';

/** What was deleted of a data set since the audit log told of it last. */
export interface Run {
  readonly dataSet: RetainedDataSet;
  readonly deleted: number;
  readonly captures: number;
  readonly sums: number;
}

/** The rules, who carries them out, and what was carried out. */
export class RetentionRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** Those that somebody has set, by data set. */
  async rules(tenantId: string): Promise<Map<string, Rule>> {
    const rows = await this.#database.em().find(retentionRuleSchema, { tenantId });
    return new Map(
      rows.map(({ dataSet, keepDays, keepBytes }) => [
        dataSet,
        { keepDays: keepDays ?? null, keepBytes: keepBytes ?? null },
      ]),
    );
  }

  async set({ em }: Transaction, tenantId: string, dataSet: RetainedDataSet, rule: Rule, at: number): Promise<void> {
    await em.upsert(retentionRuleSchema, { tenantId, dataSet, ...rule, updatedAt: at });
  }

  /** When there began to be something of a tenant's, in epoch milliseconds. */
  async beganAt(tenantId: string): Promise<number> {
    const [row] = await this.#database.read<{ at: number }>('select created_at as at from tenant where id = ?', [
      tenantId,
    ]);
    return row?.at ?? 0;
  }

  /** The id of every tenant. */
  async tenants(): Promise<string[]> {
    const rows = await this.#database.read<{ id: string }>('select id from tenant order by id', []);
    return rows.map(({ id }) => id);
  }

  /**
   * The last event of a tenant that may go: received before the instant, and routed where the tenant has a sink (where nobody has one, the
   * router stays behind, for nobody is to be told). When it was received is known from the events that are
   * left, and from where the journal was seen to stand.
   */
  async lastEvent(tenantId: string, before: number | null): Promise<number> {
    const routed = `select coalesce((select f.subject - 1 from feed f
      where f.cursor > r.feed_cursor and f.topic = 'alertRaised' and f.tenant_id = ?
        and exists (select 1 from alert a where a.id = f.subject)
        and exists (select 1 from event_sink s where s.tenant_id = f.tenant_id)
      order by f.cursor limit 1), h.event_seq) as seq
      from delivery_router r cross join journal_head h`;
    const [last] = await this.#database.read<{ seq: number }>(routed, [tenantId]);
    if (before === null) return last?.seq ?? 0;
    const [received] = await this.#database.read<{ marked: number | null; left: number | null }>(
      `select (select max(m.event_seq) from journal_mark m where m.at <= ?) as marked,
         (select e.seq from event e where e.id < ? order by e.id desc limit 1) as "left"`,
      [before, leastUuidV7(before)],
    );
    return Math.min(last?.seq ?? 0, Math.max(received?.marked ?? 0, received?.left ?? 0));
  }

  /**
   * Begins a run for a worker, unless another is at work; it must be `asked` for, or due since the last one, or a rule must have been
   * changed since then. Answers whether it has begun.
   */
  async begin(worker: string, now: number, leaseUntil: number, dueSince: number, isAsked: boolean): Promise<boolean> {
    const begun = await this.#database.em().execute<unknown[]>(
      `update retention_worker set worker = ?, lease_until = ?, run_at = ? where id = 1 and (worker = ? or lease_until <= ?)
       and (run_at <= ? or ? = 1 or exists (select 1 from retention_rule u where u.updated_at >= retention_worker.run_at))
       returning id`,
      [worker, leaseUntil, now, worker, now, dueSince, isAsked ? 1 : 0],
    );
    return begun.length > 0;
  }

  /** Whether the worker still has its run; if so, for so much longer. */
  async hold({ em }: Transaction, worker: string, leaseUntil: number): Promise<boolean> {
    return (await em.nativeUpdate(retentionWorkerSchema, { id: 1, worker }, { leaseUntil })) === 1;
  }

  async release(worker: string): Promise<void> {
    await this.#database.em().nativeUpdate(retentionWorkerSchema, { id: 1, worker }, { leaseUntil: 0 });
  }

  /** Adds to what is to be told of. */
  async note(
    { execute }: Transaction,
    tenantId: string,
    dataSet: RetainedDataSet,
    { rows, captures = 0, sums = 0 }: RemovedRows,
  ): Promise<void> {
    await execute(
      `insert into retention_run (tenant_id, data_set, deleted, captures, sums) values (?, ?, ?, ?, ?)
       on conflict (tenant_id, data_set) do update set deleted = retention_run.deleted + excluded.deleted,
         captures = retention_run.captures + excluded.captures, sums = retention_run.sums + excluded.sums`,
      [tenantId, dataSet, rows, captures, sums],
    );
  }

  /** What is to be told of, which is forgotten with this transaction. */
  async takeNotes({ em }: Transaction, tenantId: string): Promise<Run[]> {
    const runs = await em.find(retentionRunSchema, { tenantId }, { orderBy: { dataSet: 'asc' } });
    await em.nativeDelete(retentionRunSchema, { tenantId });
    return runs.map(({ dataSet, deleted, captures, sums }) => ({
      dataSet: dataSet as RetainedDataSet,
      deleted,
      captures,
      sums,
    }));
  }

  /** The place in a feed up to which a tenant's steps are gone; 0: all are there. */
  async floor(tenantId: string, feed: 'steps' | 'events'): Promise<number> {
    const [row] = await this.#database.read<{ place: number }>(
      'select place from feed_floor where tenant_id = ? and feed = ?',
      [tenantId, feed],
    );
    return row?.place ?? 0;
  }
}
