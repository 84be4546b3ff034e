import { leastUuidV7, timeOfUuidV7 } from '../uuid-v7.ts';
import type { Database } from './database.ts';
import type { SqlValue } from './journal/journal-group.ts';

/** A table of which each tenant has rows in an order. */
export interface WeighedTable {
  readonly table: string;
  readonly columns: readonly string[];
  /** The columns of an index behind that of the tenant; the last one is a key of the whole table. */
  readonly order: readonly string[];
  /** What holds for the rows besides their tenant, of columns as `r`. */
  readonly condition?: string;
  /** How many indexes it has, its own key among them where that is no row number. */
  readonly indexes: number;
  /** Bytes that a row takes elsewhere, as SQL of `r`, by database. */
  readonly besides?: Readonly<Record<Database['kind'], string>>;
}

/** Places over the whole table at which rows are looked at, and how many at each, whosever they are. */
const places = 48;
const rowsAPlace = 8;
/** If fewer of them are the tenant's, the rows at both ends of its order are weighed in their stead, so many at each. */
const enough = 30;
const atEnds = 100;

/** Bytes around the values of a row, and those of an entry of an index, measured on both databases with real events. */
const around: Readonly<Record<Database['kind'], { row: number; entry: number }>> = {
  sqlite: { row: 8, entry: 55 },
  postgres: { row: 30, entry: 50 },
};

/**
 * The mean size in bytes of a tenant's rows with their entries in indexes, from a few hundred of them that are spread over the table: a
 * guess that costs the same at ten rows and at ten million, and that falls when rows are deleted though the database keeps their
 * space for new ones. 0 where there are none.
 */
export async function weighRows(database: Database, tenantId: string, table: WeighedTable): Promise<number> {
  const spread = await weighSpread(database, tenantId, table);
  const { count, bytes } = spread.count < enough ? await weighEnds(database, tenantId, table) : spread;
  const { row, entry } = around[database.kind];
  return count === 0 ? 0 : bytes + row + table.indexes * entry;
}

interface Sample {
  readonly count: number;
  /** Mean of a row's values. */
  readonly bytes: number;
}

/** Rows behind places at equal distances in the table's own key. */
async function weighSpread(database: Database, tenantId: string, weighed: WeighedTable): Promise<Sample> {
  const { table, order, condition = 'true' } = weighed;
  const key = order.at(-1) ?? '';
  const end = (direction: string) => `(select ${key} from ${table} order by ${key} ${direction} limit 1)`;
  const [ends] = await database.read<{ low: string | number | null; high: string | number | null }>(
    `select ${end('asc')} as low, ${end('desc')} as high`,
    [],
  );
  if (ends?.low == null || ends.high == null) return { count: 0, bytes: 0 };
  const starts = spreadOver(ends.low, ends.high);
  const some = starts.map(
    (
      _,
      at,
    ) => `select * from (select r.tenant_id = ? and ${condition} as is_own, ${valuesOf(database, weighed)} as bytes
      from ${table} r where r.${key} >= ? order by r.${key} limit ${rowsAPlace}) place_${at}`,
  );
  return sampleOf(database, `select bytes from (${some.join(' union all ')}) as found where is_own`, [
    ...starts.flatMap((start) => [tenantId, start]),
  ]);
}

/** The oldest and the latest rows. */
function weighEnds(database: Database, tenantId: string, weighed: WeighedTable): Promise<Sample> {
  const { table, order, condition = 'true' } = weighed;
  const some = (direction: string) => {
    const sorted = order.map((column) => `r.${column} ${direction}`).join(', ');
    return `select * from (select ${valuesOf(database, weighed)} as bytes from ${table} r
      where r.tenant_id = ? and ${condition} order by ${sorted} limit ${atEnds}) ${direction}_end`;
  };
  return sampleOf(database, `${some('asc')} union all ${some('desc')}`, [tenantId, tenantId]);
}

async function sampleOf(database: Database, rows: string, params: readonly SqlValue[]): Promise<Sample> {
  const [found] = await database.read<{ count: number; bytes: number | null }>(
    `select count(*) as count, cast(avg(bytes) as double precision) as bytes from (${rows}) as some_rows`,
    params,
  );
  return { count: found?.count ?? 0, bytes: found?.bytes ?? 0 };
}

function valuesOf({ kind }: Database, { columns, besides }: WeighedTable): string {
  const size = kind === 'postgres' ? 'pg_column_size' : 'octet_length';
  const sizes = columns.map((column) => `coalesce(${size}(r.${column}), 0)`);
  return [...sizes, ...(besides ? [besides[kind]] : [])].join(' + ');
}

/** Keys at equal distances: numbers, or UUIDs by the time in them. */
function spreadOver(low: string | number, high: string | number): SqlValue[] {
  const [from, to] = typeof low === 'number' ? [low, Number(high)] : [timeOfUuidV7(low), timeOfUuidV7(String(high))];
  return Array.from({ length: places }, (_, at) => {
    const place = from + Math.floor(((to - from) * at) / places);
    return typeof low === 'number' ? place : leastUuidV7(place);
  });
}
