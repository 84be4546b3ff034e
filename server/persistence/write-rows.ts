import type { EntityManager } from '@mikro-orm/sql';
import type { SqlValue } from './journal/journal-group.ts';

/** Rows a statement: so few that its text stays short, so many that a round trip a row is no matter. */
const rowsAtOnce = 200;

/** Inserts rows in the transaction of `em`; `rest` says what becomes of one that is there already. */
export async function writeRows(
  em: EntityManager,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  rest = '',
): Promise<void> {
  const marks = `(${columns.map(() => '?').join(', ')})`;
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    const values = some.map(() => marks).join(', ');
    await em.execute(`insert into ${table} (${columns.join(', ')}) values ${values} ${rest}`, some.flat());
  }
}

/** What takes the place of a row that is there already: the new values of these columns. */
export function replacing(key: readonly string[], columns: readonly string[]): string {
  const changes = columns.map((column) => `${column} = excluded.${column}`).join(', ');
  return `on conflict (${key.join(', ')}) do update set ${changes}`;
}
