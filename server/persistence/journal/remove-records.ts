import type { Transaction } from '../transaction.ts';
import type { SqlValue } from './journal-group.ts';
import { mergeRows } from './observed.ts';
import { type ObservedTable, onConflict, type Projection, projections, type StoredValue } from './observed-tables.ts';

/** What became of records that were to be deleted; some may have been gone before. */
export interface RemovedRecords {
  readonly rows: number;
  /** Sums by quarters of an hour that hold for what is left. */
  readonly sums: number;
}

/** What is stored in tables of records. */
export type RecordKind = 'DNS' | 'TCP' | 'DHCP' | 'HTTP' | 'TELEMETRY' | 'BACKUP';

/** Number, tenant, intake and time, with which every table of records begins, are its event's. */
const columnsOfEvent = 4;

/**
 * Deletes records of a tenant by their numbers, at most a few thousand. In the same transaction their count is lowered, and what they
 * had added to sums is taken off by the rule that had added it: the sums stay those of the records that are left.
 */
export async function removeRecords(
  transaction: Transaction,
  tenantId: string,
  kind: RecordKind,
  ids: readonly number[],
): Promise<RemovedRecords> {
  const [records, ...summed] = projections[kind.toLowerCase() as Lowercase<RecordKind>];
  if (!records || ids.length === 0) return { rows: 0, sums: 0 };
  const { name, counter, columns } = records.table;
  const gone = await transaction.execute<Record<string, SqlValue>>(
    `delete from ${name} where tenant_id = ? and id in (${ids.map(() => '?').join(', ')})
     returning ${columns.map((column) => column.name).join(', ')}`,
    [tenantId, ...ids],
  );
  if (counter !== null) await transaction.count(tenantId, counter, -gone.length);
  let sums = 0;
  for (const { table, rowOf } of summed) {
    sums += await subtract(
      transaction,
      tenantId,
      table,
      gone.map((row) => rowOf(...observationOf(columns, row))),
    );
  }
  return { rows: gone.length, sums };
}

/** A table of records, its columns, and its exact count. */
export function recordTable(kind: RecordKind): { table: string; columns: readonly string[]; counter: string | null } {
  const [{ table }] = projections[kind.toLowerCase() as Lowercase<RecordKind>] as readonly [
    Projection,
    ...Projection[],
  ];
  return { table: table.name, columns: table.columns.map(({ name }) => name), counter: table.counter };
}

/** A stored record as the observation that it was made of. */
function observationOf(
  columns: ObservedTable['columns'],
  row: Readonly<Record<string, SqlValue>>,
): Parameters<Projection['rowOf']> {
  const occurredAt = Number(row['occurred_at']);
  const origin = {
    seq: 0,
    id: Number(row['id']),
    tenantId: String(row['tenant_id']),
    intakeId: String(row['intake_id']),
    occurredAt,
    seenAt: occurredAt,
  };
  return [origin, columns.slice(columnsOfEvent).map((column) => row[column.name] ?? null)];
}

/** Adds the rows with their sums negative, and deletes what is a sum of nothing then; answers how many sums were touched. */
async function subtract(
  transaction: Transaction,
  tenantId: string,
  table: ObservedTable,
  added: StoredValue[][],
): Promise<number> {
  const { name, columns } = table;
  const rows = mergeRows(table, added);
  if (rows.length === 0) return 0;
  const values = rows.flatMap((row) =>
    columns.map(({ merge }, index) => (merge === 'sum' ? -Number(row[index]) : (row[index] as SqlValue))),
  );
  const marks = `(${columns.map(() => '?').join(', ')})`;
  await transaction.execute(
    `insert into ${name} (${columns.map((column) => column.name).join(', ')})
     values ${rows.map(() => marks).join(', ')} ${onConflict(table, { least: 'least', greatest: 'greatest' })}`,
    values,
  );
  const startsAt = columns.findIndex((column) => column.name === 'starts_at');
  const count = columns.find(({ merge }) => merge === 'sum');
  const quarters = [...new Set(rows.map((row) => Number(row[startsAt])))];
  await transaction.execute(
    `delete from ${name} where tenant_id = ? and starts_at in (${quarters.map(() => '?').join(', ')}) and ${count?.name} <= 0`,
    [tenantId, ...quarters],
  );
  return rows.length;
}
