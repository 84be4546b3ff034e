import type { InferEntity } from '@mikro-orm/core';
import type { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import { BulkChangeStatus } from '../../../schema/alert-group/bulk-change.enum.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import type { Database } from '../../persistence/database.ts';
import { jsonRows, toJsonRows } from '../../persistence/json-rows.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { withoutIndex } from '../../persistence/where.ts';
import type { Search } from '../../search/query.ts';
import type { GroupRow } from './alert-group.node.ts';
import { addSearch, groupsWhere } from './alert-group.repository.ts';
import { bulkChangeSchema } from './bulk-change.entity.ts';
import { type Step, triageColumns, valuesOf } from './triage.repository.ts';
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

/** Groups that a search has found, in the order of their ids. */
export interface Found {
  /** How far the change was when they were looked for. */
  readonly after: string | null;
  readonly ids: readonly string[];
}

/** A group that a bulk change has changed: as it is now, undefined where it is gone, and as it was before. */
export interface Item {
  readonly groupId: string;
  readonly row: GroupRow | undefined;
  readonly before: Triage;
  /** The one that the change made. */
  readonly version: number;
}

interface ItemRow {
  readonly item_group_id: string;
  readonly item_version: number;
  readonly was_status: Triage['status'];
  readonly was_verdict: Triage['verdict'];
  readonly was_assignee_id: string | null;
  readonly was_quiet_severity: Triage['quietSeverity'];
  readonly was_closed_at: number | null;
}

type Stored = InferEntity<typeof bulkChangeSchema>;

type Changes = Partial<
  Pick<
    BulkChange,
    'status' | 'total' | 'changed' | 'undone' | 'kept' | 'place' | 'finishedAt' | 'worker' | 'leaseUntil'
  >
>;

const unfinished = [BulkChangeStatus.RUNNING, BulkChangeStatus.UNDOING];

export class BulkChangeRepository {
  readonly #database: Database;
  readonly #remember: string;

  constructor(database: Database) {
    this.#database = database;
    const items = jsonRows(database.kind, { group_id: 'uuid', version: 'integer', ...triageColumns });
    const uuid = database.kind === 'postgres' ? '::uuid' : '';
    this.#remember = `insert into bulk_change_item (bulk_change_id, tenant_id, group_id, version, ${Object.keys(triageColumns).join(', ')})
       select ?${uuid}, ?${uuid}, i.* from ${items} i`;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** How many groups meet the conditions, and the newest of them; undefined: none does. */
  async scope(tenantId: string, filter: BulkFilter): Promise<{ total: number; until: string } | undefined> {
    const where = groupsWhere(tenantId, filter);
    const lane = filter.asked && addSearch(this.#database, where, tenantId, filter.asked) ? 'scan' : 'read';
    const [newest] = await this.#database[lane]<{ id: string }>(
      `select g.id from alert_group g ${where.sql} order by g.id desc limit 1`,
      where.params,
    );
    if (newest === undefined) return undefined;
    const upTo = where.and('g.id <= ?', newest.id);
    const [counted] = await this.#database[lane]<{ total: number }>(
      `select count(*) as total from alert_group g ${upTo.sql}`,
      upTo.params,
    );
    return { total: counted?.total ?? 0, until: newest.id };
  }

  async insert({ em }: Transaction, row: BulkChange): Promise<void> {
    await em.insert(bulkChangeSchema, row);
  }

  async find(tenantId: string, id: string, transaction?: Transaction): Promise<BulkChange | null> {
    const em = transaction?.em ?? this.#database.em();
    const row = await em.findOne(bulkChangeSchema, { tenantId, id });
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
   * The next groups that a search finds, looked for before a transaction holds up others; null when it is not about what a
   * search finds.
   */
  async findNext(id: string, limit: number): Promise<Found | null> {
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
    return { after: place, ids: found.map((each) => each.id) };
  }

  /** The next groups that meet the conditions, in the order of their ids; those of `found` only, unless it is null. */
  async next(
    { execute }: Transaction,
    { tenantId, filter, place, until }: BulkChange,
    limit: number,
    found: readonly string[] | null,
  ): Promise<GroupRow[]> {
    if (found?.length === 0) return [];
    const where = groupsWhere(tenantId, filter, this.#byKey('g.tenant_id'))
      .and('g.id <= ?', until)
      .anyOf('g.id', found);
    if (place !== null) where.and('g.id > ?', place);
    return execute<GroupRow>(`select g.* from alert_group g ${where.sql} order by g.id limit ?`, [
      ...where.params,
      limit,
    ]);
  }

  /** Remembers what groups are before they are changed. */
  async remember(
    { execute }: Transaction,
    { id, tenantId }: BulkChange,
    steps: readonly Pick<Step, 'row'>[],
  ): Promise<void> {
    if (steps.length === 0) return;
    const items = steps.map(({ row }) => [row.id, row.version + 1, ...valuesOf(triageOf(row))]);
    await execute(this.#remember, [id, tenantId, toJsonRows(items)]);
  }

  /** The next groups that it has changed, in the order of their ids. */
  async changedBy({ execute }: Transaction, { id, tenantId, place }: BulkChange, limit: number): Promise<Item[]> {
    const after = place === null ? '' : 'and i.group_id > ?';
    const rows = await execute<GroupRow & ItemRow>(
      `select g.*, i.group_id as item_group_id, i.version as item_version, i.status as was_status, i.verdict as was_verdict,
         i.assignee_id as was_assignee_id, i.quiet_severity as was_quiet_severity, i.closed_at as was_closed_at
       from bulk_change_item i left join alert_group g on g.id = i.group_id and ${this.#byKey('g.tenant_id')} = i.tenant_id
       where i.tenant_id = ? and i.bulk_change_id = ? ${after} order by i.group_id limit ?`,
      [tenantId, id, ...(place === null ? [] : [place]), limit],
    );
    return rows.map((row) => ({
      groupId: row.item_group_id,
      row: row.id === null ? undefined : row,
      version: row.item_version,
      before: {
        status: row.was_status,
        verdict: row.was_verdict,
        assigneeId: row.was_assignee_id,
        quietSeverity: row.was_quiet_severity,
        closedAt: row.was_closed_at,
      },
    }));
  }

  /** A column of a row that is found by its own key. */
  #byKey(column: string): string {
    return withoutIndex(this.#database.kind, column);
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
