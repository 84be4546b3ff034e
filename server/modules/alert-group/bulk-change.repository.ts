import type { InferEntity } from '@mikro-orm/core';
import type { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import { BulkChangeStatus } from '../../../schema/alert-group/bulk-change.enum.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import type { Search } from '../../search/query.ts';
import type { GroupRow } from './alert-group.node.ts';
import { addSearch, groupsWhere } from './alert-group.repository.ts';
import { bulkChangeItemSchema, bulkChangeSchema } from './bulk-change.entity.ts';
import type { Step } from './triage.repository.ts';
import { type Triage, triageOf } from './triage.ts';

/** Which groups a bulk change is about; what was searched for is kept as it was understood then. */
export type BulkFilter = AlertGroupFilter & { readonly asked?: Search | null };

/** A row of `bulk_change`. */
export interface BulkChange {
  readonly id: string;
  readonly tenantId: string;
  readonly userId: string | null;
  readonly credentialId: string;
  readonly filter: BulkFilter;
  readonly change: AlertGroupChange;
  readonly status: BulkChangeStatus;
  readonly total: number;
  readonly changed: number;
  readonly undone: number;
  readonly kept: number;
  readonly place: string | null;
  readonly until: string;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly worker: string | null;
  readonly leaseUntil: number | null;
}

/** A group that a bulk change has changed: as it is now, and as it was before. */
export interface Item {
  readonly row: GroupRow;
  readonly before: Triage;
  readonly version: number;
}

type Stored = InferEntity<typeof bulkChangeSchema>;

type Changes = Partial<
  Pick<BulkChange, 'status' | 'changed' | 'undone' | 'kept' | 'place' | 'finishedAt' | 'worker' | 'leaseUntil'>
>;

const unfinished = [BulkChangeStatus.RUNNING, BulkChangeStatus.UNDOING];

export class BulkChangeRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** How many groups meet the conditions, and the newest of them; undefined: none does. */
  async scope(tenantId: string, filter: BulkFilter): Promise<{ total: number; until: string } | undefined> {
    const where = groupsWhere(tenantId, filter);
    const lane = filter.asked && addSearch(this.#database, where, tenantId, filter.asked) ? 'scan' : 'read';
    const [counted] = await this.#database[lane]<{ total: number }>(
      `select count(*) as total from alert_group g ${where.sql}`,
      where.params,
    );
    const [newest] = await this.#database[lane]<{ id: string }>(
      `select g.id from alert_group g ${where.sql} order by g.id desc limit 1`,
      where.params,
    );
    return newest && { total: counted?.total ?? 0, until: newest.id };
  }

  async insert({ em }: Transaction, row: BulkChange): Promise<void> {
    await em.insert(bulkChangeSchema, row);
  }

  async find(tenantId: string, id: string): Promise<BulkChange | null> {
    const row = await this.#database.em().findOne(bulkChangeSchema, { tenantId, id });
    return row && toBulkChange(row);
  }

  /** Those that nobody is at work on, of every tenant. */
  async waiting(now: number): Promise<BulkChange[]> {
    const free = [{ leaseUntil: null }, { leaseUntil: { $lt: now } }];
    const rows = await this.#database.em().find(bulkChangeSchema, { status: { $in: unfinished }, $or: free });
    return rows.map(toBulkChange);
  }

  /** Takes one for a worker, unless another has it; answers whether it did. */
  async claim(id: string, worker: string, now: number, leaseUntil: number): Promise<boolean> {
    const free = [{ worker }, { leaseUntil: null }, { leaseUntil: { $lt: now } }];
    const where = { id, status: { $in: unfinished }, $or: free };
    return (await this.#database.em().nativeUpdate(bulkChangeSchema, where, { worker, leaseUntil })) === 1;
  }

  async set({ em }: Transaction, id: string, changes: Changes): Promise<void> {
    await em.nativeUpdate(bulkChangeSchema, { id }, changes);
  }

  /** As it stands inside of a transaction, if the worker still has it. */
  async held({ em }: Transaction, id: string, worker: string): Promise<BulkChange | null> {
    const row = await em.findOne(bulkChangeSchema, { id, worker, status: { $in: unfinished } });
    return row && toBulkChange(row);
  }

  /**
   * The ids of the next groups that a search finds, looked for before a transaction holds up others; null when it is not about what a
   * search finds.
   */
  async findNext(id: string, limit: number): Promise<string[] | null> {
    const row = await this.#database.em().findOne(bulkChangeSchema, { id });
    if (!row || row.status !== BulkChangeStatus.RUNNING) return null;
    const { tenantId, filter, place, until } = toBulkChange(row);
    if (!filter.asked) return null;
    const where = groupsWhere(tenantId, filter).and('g.id <= ?', until);
    if (place !== null) where.and('g.id > ?', place);
    const lane = addSearch(this.#database, where, tenantId, filter.asked) ? 'scan' : 'read';
    const found = await this.#database[lane]<{ id: string }>(
      `select g.id from alert_group g ${where.sql} order by g.id limit ?`,
      [...where.params, limit],
    );
    return found.map((each) => each.id);
  }

  /** The next groups that meet the conditions, in the order of their ids; those of `found` only, unless it is null. */
  async next(
    { execute }: Transaction,
    { tenantId, filter, place, until }: BulkChange,
    limit: number,
    found: readonly string[] | null,
  ): Promise<GroupRow[]> {
    if (found?.length === 0) return [];
    const where = groupsWhere(tenantId, filter).and('g.id <= ?', until).anyOf('g.id', found);
    if (place !== null) where.and('g.id > ?', place);
    return execute<GroupRow>(`select g.* from alert_group g ${where.sql} order by g.id limit ?`, [
      ...where.params,
      limit,
    ]);
  }

  /** Remembers what groups are before they are changed. */
  async remember(
    { em }: Transaction,
    { id: bulkChangeId, tenantId }: BulkChange,
    steps: readonly Step[],
  ): Promise<void> {
    if (steps.length === 0) return;
    await em.insertMany(
      bulkChangeItemSchema,
      steps.map(({ row }) => ({
        bulkChangeId,
        tenantId,
        groupId: row.id,
        version: row.version + 1,
        ...triageOf(row),
      })),
    );
  }

  /** The next groups that it has changed, in the order of their ids; those that are gone are left out. */
  async changedBy(transaction: Transaction, { id, tenantId, place }: BulkChange, limit: number): Promise<Item[]> {
    const items = await transaction.em.find(
      bulkChangeItemSchema,
      { bulkChangeId: id, tenantId, ...(place !== null && { groupId: { $gt: place } }) },
      { orderBy: { groupId: 'asc' }, limit },
    );
    const where = groupsWhere(tenantId, { ids: items.map(({ groupId }) => groupId) });
    const rows =
      items.length === 0
        ? []
        : await transaction.execute<GroupRow>(`select g.* from alert_group g ${where.sql}`, where.params);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return items.flatMap(({ groupId, version, status, verdict, assigneeId, quietSeverity, closedAt }) => {
      const row = byId.get(groupId);
      return row ? [{ row, version, before: { status, verdict, assigneeId, quietSeverity, closedAt } as Triage }] : [];
    });
  }
}

function toBulkChange(row: Stored): BulkChange {
  return {
    ...row,
    userId: row.userId ?? null,
    place: row.place ?? null,
    finishedAt: row.finishedAt ?? null,
    worker: row.worker ?? null,
    leaseUntil: row.leaseUntil ?? null,
  };
}
