import type { InferEntity } from '@mikro-orm/core';
import type { AlertStatus } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupEntryType } from '../../../schema/alert-group/alert-group-entry.type.ts';
import type { Database } from '../../persistence/database.ts';
import { appendGroupSteps } from '../../persistence/journal/append-feed.ts';
import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import { type GroupRow, statusInForce } from './alert-group.node.ts';
import { alertGroupEntrySchema } from './alert-group-entry.entity.ts';
import { type Triage, triageOf } from './triage.ts';

/** Who changes groups, when, and what is said about it. */
export interface Occasion {
  readonly tenantId: string;
  readonly userId: string | null;
  readonly credentialId: string;
  readonly at: number;
  readonly note: string | null;
  readonly bulkChangeId: string | null;
}

/** A group and what is to become of its triage. */
export interface Step {
  readonly row: GroupRow;
  readonly after: Triage;
}

/** Steps of one group that are shown: it has few. */
const mostEntries = 500;

/** Writes the triage of groups, and reads its history. */
export class TriageRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  async find({ execute }: Transaction, tenantId: string, id: string): Promise<GroupRow | undefined> {
    const [row] = await execute<GroupRow>('select * from alert_group where tenant_id = ? and id = ?', [tenantId, id]);
    return row;
  }

  async findOpen({ execute }: Transaction, tenantId: string, fingerprint: string): Promise<GroupRow | undefined> {
    const [row] = await execute<GroupRow>(
      'select * from alert_group where tenant_id = ? and fingerprint = ? and closed_at is null',
      [tenantId, fingerprint],
    );
    return row;
  }

  /** Those of the fingerprints of closed groups that another group takes the alerts of by now. */
  async followed({ execute }: Transaction, tenantId: string, rows: readonly GroupRow[]): Promise<Set<string>> {
    const closed = rows.filter(({ closed_at }) => closed_at !== null).map(({ fingerprint }) => fingerprint);
    if (closed.length === 0) return new Set();
    const { sql, params } = new Where('tenant_id', tenantId).anyOf('fingerprint', closed).and('closed_at is null');
    const open = await execute<{ fingerprint: string }>(`select fingerprint from alert_group ${sql}`, params);
    return new Set(open.map(({ fingerprint }) => fingerprint));
  }

  /** Takes the steps, and writes each into the history of its group; the feed is told. */
  async take(transaction: Transaction, occasion: Occasion, steps: readonly Step[]): Promise<void> {
    const alike = Map.groupBy(steps, ({ after }) => JSON.stringify(after));
    for (const same of alike.values()) await this.#set(transaction, occasion.tenantId, same);
    if (steps.length === 0) return;
    await transaction.em.insertMany(
      alertGroupEntrySchema,
      steps.map(({ row, after }) => ({
        id: uuidV7(occasion.at),
        tenantId: occasion.tenantId,
        groupId: row.id,
        at: occasion.at,
        userId: occasion.userId,
        credentialId: occasion.credentialId,
        statusBefore: statusInForce(row),
        statusAfter: after.status as AlertStatus,
        verdictBefore: row.verdict,
        verdictAfter: after.verdict,
        assigneeIdBefore: row.assignee_id,
        assigneeIdAfter: after.assigneeId,
        note: occasion.note,
        bulkChangeId: occasion.bulkChangeId,
      })),
    );
    const ids = steps.map(({ row }) => row.id);
    await appendGroupSteps(transaction.em, occasion.tenantId, ids);
  }

  /** For each group its history, the latest step first. */
  async entries(tenantId: string, groupIds: readonly string[]): Promise<AlertGroupEntryType[][]> {
    const rows = await this.#database
      .em()
      .find(alertGroupEntrySchema, { tenantId, groupId: { $in: [...groupIds] } }, { orderBy: { id: 'desc' } });
    const byGroup = Map.groupBy(rows, ({ groupId }) => groupId);
    return groupIds.map((id) => (byGroup.get(id) ?? []).slice(0, mostEntries).map(toEntry));
  }

  async #set({ execute }: Transaction, tenantId: string, [first, ...others]: readonly Step[]): Promise<void> {
    if (first === undefined) return;
    const { status, verdict, assigneeId, quietSeverity, closedAt } = first.after;
    const where = new Where('tenant_id', tenantId).anyOf(
      'id',
      [first, ...others].map(({ row }) => row.id),
    );
    const values: SqlValue[] = [status, verdict, assigneeId, quietSeverity, closedAt];
    await execute(
      `update alert_group set status = ?, verdict = ?, assignee_id = ?, quiet_severity = ?, closed_at = ?, version = version + 1
       ${where.sql}`,
      [...values, ...where.params],
    );
  }
}

/** Whether a step leaves everything as it is. */
export function isIdle({ row, after }: Step): boolean {
  return statusInForce(row) === row.status && JSON.stringify(triageOf(row)) === JSON.stringify(after);
}

function toEntry(row: InferEntity<typeof alertGroupEntrySchema>): AlertGroupEntryType {
  return {
    id: row.id,
    at: new Date(row.at),
    userId: row.userId ?? null,
    statusBefore: row.statusBefore,
    statusAfter: row.statusAfter,
    verdictBefore: row.verdictBefore ?? null,
    verdictAfter: row.verdictAfter ?? null,
    assigneeIdBefore: row.assigneeIdBefore ?? null,
    assigneeIdAfter: row.assigneeIdAfter ?? null,
    note: row.note ?? null,
    bulkChangeId: row.bulkChangeId ?? null,
  };
}
