import type { Database } from './database.ts';
import { readCounter } from './keyset.ts';

/** The rows of one table of records that a tenant has. */
export interface Holding {
  readonly count: number;
  /** With their indexes; an estimate (see `sizeOf`). */
  readonly sizeBytes: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

type Row = Readonly<Record<string, unknown>>;

/** Rows that are weighed at either end of a table, where there are so many. */
const sampled = 100;

/** The columns of the one index of a table of records (see `recordOrder`), and the row's number that SQLite puts behind them. */
const indexed = ['tenant_id', 'occurred_at', 'id', 'id'];

/** The part of SQLite's pages that is filled when rows come in their order, measured: of a table, and of its index. */
const tableFill = 0.97;
const indexFill = 0.87;

/** The whole database in bytes, whosever the rows: PostgreSQL's files, or SQLite's file without its journal. */
export async function databaseBytes(database: Database): Promise<number> {
  const sql =
    database.kind === 'postgres'
      ? 'select pg_database_size(current_database()) as bytes'
      : 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()';
  const [row] = await database.read<{ bytes: number }>(sql, []);
  return row?.bytes ?? 0;
}

/**
 * What a tenant has of a table of records, at a cost that does not grow with the table: the count from its counter, the times from
 * both ends of the index.
 */
export async function readHolding(
  database: Database,
  tenantId: string,
  table: string,
  counter: string,
): Promise<Holding> {
  const end = (order: string) =>
    `(select occurred_at from ${table} where tenant_id = ? order by occurred_at ${order}, id ${order} limit 1)`;
  const [count, [ends]] = await Promise.all([
    readCounter(database, tenantId, counter),
    database.read<{ first: number | null; last: number | null }>(
      `select ${end('asc')} as first, ${end('desc')} as last`,
      [tenantId, tenantId],
    ),
  ]);
  return {
    count,
    sizeBytes: await sizeOf(database, tenantId, table, counter, count),
    firstAt: toDate(ends?.first),
    lastAt: toDate(ends?.last),
  };
}

/**
 * PostgreSQL knows the size of a table: a tenant's is its share by the number of rows. SQLite would have to read all of the table's
 * pages: there it is the number of rows times the mean weight of some of the oldest and of the latest.
 */
async function sizeOf(
  database: Database,
  tenantId: string,
  table: string,
  counter: string,
  count: number,
): Promise<number> {
  if (count === 0) return 0;
  if (database.kind === 'postgres') {
    const [row] = await database.read<{ bytes: number; rows: number }>(
      `select pg_total_relation_size('${table}') as bytes,
         (select cast(sum(value) as bigint) from counter where name = ?) as rows`,
      [counter],
    );
    return row ? Math.round((row.bytes * count) / Math.max(row.rows, count)) : 0;
  }
  const some = (order: string) =>
    `select * from (select * from ${table} where tenant_id = ? order by occurred_at ${order}, id ${order} limit ${sampled})`;
  const rows = await database.read<Row>(`${some('asc')} union all ${some('desc')}`, [tenantId, tenantId]);
  const weights = rows.map(weighSqliteRow);
  return Math.round((weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length)) * count);
}

/** Bytes of a row of a table of records and of its entry in the index, as SQLite's file format has them. */
export function weighSqliteRow(row: Row): number {
  const { id, ...stored } = row;
  // The row's number stands before the record, in which it is null; two bytes of the page point to each.
  const inTable = 2 + weighRecord([null, ...Object.values(stored)]) + weighVarint(Number(id));
  const inIndex = 2 + weighRecord(indexed.map((column) => row[column]));
  return inTable / tableFill + inIndex / indexFill;
}

/** Length, header and values of a record: https://www.sqlite.org/fileformat2.html#record_format. */
function weighRecord(values: readonly unknown[]): number {
  const bytes = values.map(weighValue);
  const header =
    1 + bytes.reduce((sum, each, at) => sum + (typeof values[at] === 'string' ? weighVarint(2 * each + 13) : 1), 0);
  const record = header + bytes.reduce((sum, each) => sum + each, 0);
  return weighVarint(record) + record;
}

function weighValue(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value !== 'number' || value === 0 || value === 1) return 0;
  if (!Number.isInteger(value)) return 8;
  const bits = Math.floor(Math.log2(Math.abs(value))) + 2;
  return [1, 2, 3, 4, 6].find((bytes) => bits <= 8 * bytes) ?? 8;
}

function weighVarint(number: number): number {
  return Math.max(1, Math.ceil(Math.log2(number + 1) / 7));
}

function toDate(instant: number | null | undefined): Date | null {
  return instant == null ? null : new Date(instant);
}
