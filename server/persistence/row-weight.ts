import type { Database } from './database.ts';

/** A table of which each tenant has rows in an order. */
export interface WeighedTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** The columns of an index behind that of the tenant, the last one unique; how `alias` stands before them is this module's. */
  readonly order: readonly string[];
  /** What holds for the rows besides their tenant, of columns as `r`. */
  readonly condition?: string;
  /** How many indexes it has, its own key among them where that is no row number. */
  readonly indexes: number;
  /** Bytes that a row takes elsewhere, as SQL of `r`, by database. */
  readonly besides?: Readonly<Record<Database['kind'], string>>;
}

/** Rows that are weighed at either end of the order, where there are so many. */
const sampled = 100;

/** Bytes around the values of a row, and those of an entry of an index, measured on both databases with real events. */
const around: Readonly<Record<Database['kind'], { row: number; entry: number }>> = {
  sqlite: { row: 8, entry: 55 },
  postgres: { row: 30, entry: 50 },
};

/**
 * The mean size in bytes of a tenant's rows with their entries in indexes, from up to a hundred of the oldest and of the latest: a
 * guess that costs the same at ten rows and at ten million, and that falls when rows are deleted though the database keeps their
 * space for new ones. 0 where there are none.
 */
export async function weighRows(
  database: Database,
  tenantId: string,
  { table, columns, order, condition, indexes, besides }: WeighedTable,
): Promise<number> {
  const { row, entry } = around[database.kind];
  const sizeOf = (column: string) =>
    database.kind === 'postgres'
      ? `coalesce(pg_column_size(r.${column}), 0)`
      : `coalesce(octet_length(r.${column}), 0)`;
  const weight = [...columns.map(sizeOf), ...(besides ? [besides[database.kind]] : [])].join(' + ');
  const some = (direction: string) => {
    const sorted = order.map((column) => `r.${column} ${direction}`).join(', ');
    const where = `r.tenant_id = ?${condition ? ` and ${condition}` : ''}`;
    return `select * from (select ${weight} as bytes from ${table} r where ${where} order by ${sorted} limit ${sampled}) ${direction}_end`;
  };
  const [found] = await database.read<{ bytes: number | null }>(
    `select cast(avg(bytes) as double precision) as bytes from (${some('asc')} union all ${some('desc')}) as some_rows`,
    [tenantId, tenantId],
  );
  return found?.bytes == null ? 0 : found.bytes + row + indexes * entry;
}
