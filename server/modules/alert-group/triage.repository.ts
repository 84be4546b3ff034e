import type { InferEntity } from '@mikro-orm/core';
import type { AlertGroupEntryType } from '../../../schema/alert-group/alert-group-entry.type.ts';
import type { Database } from '../../persistence/database.ts';
import { appendGroupSteps } from '../../persistence/journal/append-feed.ts';
import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import { jsonRows, toJsonRows } from '../../persistence/json-rows.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { Where, withoutIndex } from '../../persistence/where.ts';
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

/** What triage sets of a group. */
export const triageColumns = {
  status: 'text',
  verdict: 'text',
  assignee_id: 'uuid',
  quiet_severity: 'smallint',
  closed_at: 'bigint',
} as const;

/** What is each step's own in the history. */
const entryColumns = {
  id: 'uuid',
  group_id: 'uuid',
  status_before: 'text',
  status_after: 'text',
  verdict_before: 'text',
  verdict_after: 'text',
  assignee_id_before: 'uuid',
  assignee_id_after: 'uuid',
} as const;

/** Writes the triage of groups, and reads its history. */
export class TriageRepository {
  readonly #database: Database;
  readonly #sql: ReturnType<typeof statementsFor>;

  constructor(database: Database) {
    this.#database = database;
    this.#sql = statementsFor(database.kind);
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
  async take({ em, execute }: Transaction, occasion: Occasion, steps: readonly Step[]): Promise<void> {
    if (steps.length === 0) return;
    const { tenantId, userId, credentialId, at, note, bulkChangeId } = occasion;
    await execute(this.#sql.set, [toJsonRows(steps.map(({ row, after }) => [row.id, ...valuesOf(after)])), tenantId]);
    const entries = steps.map(({ row, after }) => [
      uuidV7(at),
      row.id,
      statusInForce(row),
      after.status,
      row.verdict,
      after.verdict,
      row.assignee_id,
      after.assigneeId,
    ]);
    await execute(this.#sql.enter, [tenantId, at, userId, credentialId, note, bulkChangeId, toJsonRows(entries)]);
    await appendGroupSteps(
      em,
      tenantId,
      steps.map(({ row }) => row.id),
    );
  }

  /** For each group its history, the latest step first. */
  async entries(tenantId: string, groupIds: readonly string[]): Promise<AlertGroupEntryType[][]> {
    const rows = await this.#database
      .em()
      .find(alertGroupEntrySchema, { tenantId, groupId: { $in: [...groupIds] } }, { orderBy: { id: 'desc' } });
    const byGroup = Map.groupBy(rows, ({ groupId }) => groupId);
    return groupIds.map((id) => (byGroup.get(id) ?? []).slice(0, mostEntries).map(toEntry));
  }
}

/** Whether a step leaves everything as it is. */
export function isIdle({ row, after }: Step): boolean {
  return statusInForce(row) === row.status && JSON.stringify(triageOf(row)) === JSON.stringify(after);
}

/** Its values in the order of `triageColumns`. */
export function valuesOf({ status, verdict, assigneeId, quietSeverity, closedAt }: Triage): SqlValue[] {
  return [status, verdict, assigneeId, quietSeverity, closedAt];
}

/** A few statements whatever the number of groups, and whatever becomes of each. */
function statementsFor(kind: Database['kind']) {
  return {
    set: `update alert_group set status = s.status, verdict = s.verdict, assignee_id = s.assignee_id,
       quiet_severity = s.quiet_severity, closed_at = s.closed_at, version = version + 1
       from ${jsonRows(kind, { id: 'uuid', ...triageColumns })} s
       where alert_group.id = s.id and ${withoutIndex(kind, 'alert_group.tenant_id')} = ?`,
    enter: `insert into alert_group_entry (tenant_id, at, user_id, credential_id, note, bulk_change_id,
         id, group_id, status_before, status_after, verdict_before, verdict_after, assignee_id_before, assignee_id_after)
       select ${['uuid', 'bigint', 'uuid', 'text', 'text', 'uuid'].map((type) => (kind === 'postgres' ? `?::${type}` : '?')).join(', ')}, e.*
       from ${jsonRows(kind, entryColumns)} e`,
  };
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
