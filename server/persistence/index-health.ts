import { SqlSchemaGenerator } from '@mikro-orm/sql';
import type { Database } from './database.ts';

/** An index of a table: its columns in their order, and whether it keeps rows apart. */
export interface Index {
  readonly columns: readonly string[];
  readonly isUnique: boolean;
}

/** The indexes of tables, by table and name; that of the primary key is called `primary` on every database. */
export type Indexes = ReadonlyMap<string, ReadonlyMap<string, Index>>;

/** What is wrong with the indexes of a table, by their names. */
export interface TableHealth {
  readonly name: string;
  readonly missingIndexes: string[];
  readonly extraIndexes: string[];
  /** Of the right name, but on other columns, or unique where it must not be, or not where it must. */
  readonly wrongIndexColumns: string[];
}

interface ColumnRow {
  readonly table_name: string;
  readonly index_name: string;
  readonly is_unique: number;
  readonly column_name: string;
}

const primary = 'primary';

/** One row for each column of each index. An index that PostgreSQL gave up building is none. */
const found = {
  postgres: `select t.relname as table_name, case when x.indisprimary then '${primary}' else i.relname end as index_name,
      x.indisunique::int as is_unique, a.attname as column_name
    from pg_index x join pg_class t on t.oid = x.indrelid join pg_class i on i.oid = x.indexrelid
    cross join lateral unnest(x.indkey) with ordinality as k (attnum, place)
    join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum
    where t.relnamespace = to_regnamespace(current_schema()) and x.indisvalid and k.place <= x.indnkeyatts
    order by 1, 2, k.place`,
  sqlite: `select table_name, index_name, is_unique, column_name from (
      select t.name as table_name, l.name as index_name, l."unique" as is_unique, i.seqno as place, i.name as column_name
      from sqlite_schema t join pragma_index_list(t.name) l join pragma_index_info(l.name) i
      where t.type = 'table' and l.origin <> 'pk'
      union all select t.name, '${primary}', 1, c.pk, c.name from sqlite_schema t join pragma_table_info(t.name) c
      where t.type = 'table' and c.pk > 0
    ) order by table_name, index_name, place`,
};

/** The indexes that the tables have, those of tables that are not ours among them. */
export async function readIndexes(database: Database): Promise<Indexes> {
  const tables = new Map<string, Map<string, Index>>();
  for (const row of await database.read<ColumnRow>(found[database.kind], [])) {
    const indexes = tables.get(row.table_name) ?? new Map<string, Index>();
    const columns = indexes.get(row.index_name)?.columns ?? [];
    tables.set(
      row.table_name,
      indexes.set(row.index_name, indexOf([...columns, row.column_name], row.is_unique === 1)),
    );
  }
  return tables;
}

/** The indexes that the migrations make, as the entities describe them (a test holds the two together). Asks no database. */
export function expectIndexes(database: Database): Indexes {
  const tables = new SqlSchemaGenerator(database.em()).getTargetSchema().getTables();
  const expected = new Map(
    tables.map((table) => {
      const indexes = table.getIndexes().map((index): [string, Index] => {
        return [index.primary ? primary : index.keyName, indexOf(index.columnNames, index.unique || index.primary)];
      });
      return [table.name, new Map(indexes)];
    }),
  );
  if (database.kind === 'postgres') expected.set('event_text', textIndexes);
  return expected;
}

/** What full text has on PostgreSQL, which no entity describes; on SQLite it is no table with indexes. */
const textIndexes = new Map([
  [primary, indexOf(['seq'], true)],
  ['event_text_terms', indexOf(['terms'], false)],
]);

/** Holds what is there against what should be, table by table in the order of their names. */
export function compareIndexes(expected: Indexes, present: Indexes): TableHealth[] {
  const names = [...expected.keys()].sort();
  return names.map((name) => {
    const wanted = expected.get(name) ?? new Map<string, Index>();
    const there = present.get(name) ?? new Map<string, Index>();
    return {
      name,
      missingIndexes: [...wanted.keys()].filter((index) => !there.has(index)).sort(),
      extraIndexes: [...there.keys()].filter((index) => !wanted.has(index)).sort(),
      wrongIndexColumns: [...wanted]
        .flatMap(([index, want]) => (isAlike(want, there.get(index)) ? [] : [index]))
        .sort(),
    };
  });
}

function indexOf(columns: readonly string[], isUnique: boolean): Index {
  return { columns, isUnique };
}

/** An index that is not there at all is missing, and not wrong. */
function isAlike(want: Index, there: Index | undefined): boolean {
  if (there === undefined) return true;
  return want.isUnique === there.isUnique && want.columns.join('\n') === there.columns.join('\n');
}
