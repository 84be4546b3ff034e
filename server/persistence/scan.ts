import type { Database } from './database.ts';
import type { Where } from './where.ts';

/** Where a row stands in the order of its table: by time, and rows of one time by their number. */
export interface Place {
  /** Epoch milliseconds. */
  readonly occurredAt: number;
  readonly id: number;
}

/** What is read of a table that has an index of tenant, time and number. */
export interface Scan {
  /** Columns under the names that rows have; `id` and `occurred_at` must be among them. */
  readonly columns: string;
  /** The table, which the conditions call by `alias`. */
  readonly table: string;
  readonly alias: string;
  /** Joins that only add columns, never rows. */
  readonly join?: string;
  /** Conditions that the index serves, or that nearly all rows meet. */
  readonly along: Where;
  /** Those and all others. */
  readonly where: Where;
}

/** What every row that is scanned has. */
export interface ScannedRow {
  readonly id: number;
  readonly occurred_at: number;
}

export interface Scanned<Row> {
  readonly rows: readonly Row[];
  /** Where to read on; null at the end. */
  readonly end: Place | null;
}

/** Rows that were counted, and when the first and the last of them happened, in epoch milliseconds. */
export interface ScanCount {
  readonly rows: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** Rows that a count looks at in one query. */
const countedAtOnce = 50_000;

/** Rows looked at in one step: a condition that few of them meet must not hold a reader for long. */
const lookedAt = 10_000;

/**
 * One step along the index of a table, the earliest first: up to `first` of the rows that meet the conditions. It may find fewer, even
 * none, and not be at the end: each step costs about the same, however rare its rows are.
 */
export async function scanStep<Row extends ScannedRow>(
  database: Database,
  { columns, table, alias, join = '', along, where }: Scan,
  after: Place | null,
  first: number,
): Promise<Scanned<Row>> {
  const key = `(${alias}.occurred_at, ${alias}.id)`;
  const order = `order by ${alias}.occurred_at, ${alias}.id limit ?`;
  const beyond = (conditions: Where) =>
    after ? conditions.copy().and(`${key} > (?, ?)`, after.occurredAt, after.id) : conditions.copy();
  const readLastLookedAt = async () => {
    const { sql, params } = beyond(along);
    const [row] = await database.scan<ScannedRow>(
      `select ${alias}.occurred_at, ${alias}.id from ${table} ${alias} ${sql} ${order} offset ?`,
      [...params, 1, lookedAt - 1],
    );
    return row;
  };
  const lastLookedAt = along.sql === where.sql ? undefined : await readLastLookedAt();
  const wanted = beyond(where);
  if (lastLookedAt) wanted.and(`${key} <= (?, ?)`, lastLookedAt.occurred_at, lastLookedAt.id);
  const rows = await database.scan<Row>(`select ${columns} from ${table} ${alias} ${join} ${wanted.sql} ${order}`, [
    ...wanted.params,
    first,
  ]);
  const last = rows.length === first ? rows.at(-1) : lastLookedAt;
  return { rows, end: last ? { occurredAt: last.occurred_at, id: last.id } : null };
}

/** Counts all rows that meet the conditions, in queries none of which holds up others for long. */
export async function scanCount(
  database: Database,
  { table, alias, join = '', along, where }: Omit<Scan, 'columns'>,
): Promise<ScanCount> {
  const key = `(${alias}.occurred_at, ${alias}.id)`;
  let counted: ScanCount = { rows: 0, firstAt: null, lastAt: null };
  let after: Place | null = null;
  for (;;) {
    const beyond = (conditions: Where) =>
      after ? conditions.copy().and(`${key} > (?, ?)`, after.occurredAt, after.id) : conditions.copy();
    const { sql, params } = beyond(along);
    const [last]: ScannedRow[] = await database.scan<ScannedRow>(
      `select ${alias}.occurred_at, ${alias}.id from ${table} ${alias} ${sql}
       order by ${alias}.occurred_at, ${alias}.id limit ? offset ?`,
      [...params, 1, countedAtOnce - 1],
    );
    const some = beyond(where);
    if (last) some.and(`${key} <= (?, ?)`, last.occurred_at, last.id);
    const [found] = await database.scan<{ count: number; first_at: number | null; last_at: number | null }>(
      `select count(*) as count, min(${alias}.occurred_at) as first_at, max(${alias}.occurred_at) as last_at
       from ${table} ${alias} ${join} ${some.sql}`,
      some.params,
    );
    counted = {
      rows: counted.rows + (found?.count ?? 0),
      firstAt: counted.firstAt ?? found?.first_at ?? null,
      lastAt: found?.last_at ?? counted.lastAt,
    };
    if (!last) return counted;
    after = { occurredAt: last.occurred_at, id: last.id };
  }
}
