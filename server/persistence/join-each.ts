import type { Database } from './database.ts';

/** Rows of a table of which each row before it is to have a few of its own. */
export interface Each {
  readonly table: string;
  readonly alias: string;
  /** The primary key of the table. */
  readonly key: string;
  /** A query of keys for one row before it, whose columns it may name: with an order and a limit that hold for that row alone. */
  readonly keys: string;
}

type Kind = Pick<Database, 'kind'>;

/**
 * Joins the few rows that a query finds for each row before it, in one statement for all of them: PostgreSQL has a lateral join for
 * that, and SQLite runs a query within `in` anew for each row. Where a row has thousands, only those chosen are read.
 */
export function joinEach(database: Kind, { table, alias, key, keys }: Each): string {
  if (database.kind === 'sqlite') return `${joinNext(database)} ${table} ${alias} on ${alias}.${key} in (${keys})`;
  const chosen = `${alias}_chosen`;
  return `cross join lateral (${keys}) as ${chosen} (key) join ${table} ${alias} on ${alias}.${key} = ${chosen}.key`;
}

/** An inner join that is made in the order written: SQLite, which knows nothing of how many rows there are, may turn it round else. */
export function joinNext({ kind }: Kind): string {
  return kind === 'sqlite' ? 'cross join' : 'join';
}
