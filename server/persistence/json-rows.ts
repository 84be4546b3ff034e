import type { Database } from './database.ts';
import type { SqlValue } from './journal/journal-group.ts';

/** Types of columns, as PostgreSQL has to be told them of a value that was JSON; SQLite takes values for what they are. */
export type ColumnType = 'text' | 'uuid' | 'smallint' | 'integer' | 'bigint';

/**
 * The rows of one bound parameter, for a statement to select from: it takes the place of a table. However many rows there are, the
 * statement's text is the same and one value crosses into the database's thread. The parameter is what `toJsonRows` makes.
 */
export function jsonRows(kind: Database['kind'], columns: Readonly<Record<string, ColumnType>>): string {
  const isPostgres = kind === 'postgres';
  const values = Object.entries(columns).map(
    ([name, type], place) => `${isPostgres ? `(value ->> ${place})::${type}` : `value ->> ${place}`} as ${name}`,
  );
  return `(select ${values.join(', ')} from ${isPostgres ? 'json_array_elements(?::json)' : 'json_each(?)'})`;
}

/** Rows, each with its values in the order of the columns, as the parameter of `jsonRows`. */
export function toJsonRows(rows: readonly (readonly SqlValue[])[]): string {
  return JSON.stringify(rows);
}
