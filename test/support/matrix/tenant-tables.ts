import { createHash } from 'node:crypto';
import type { Database } from '../../../server/persistence/database.ts';

/** A table whose rows belong to tenants. */
export interface TenantTable {
  readonly name: string;
  /** The column that says whose a row is. */
  readonly owner: string;
  readonly hasId: boolean;
}

/**
 * Tables that belong to the installation: they hold nothing that a tenant has brought, but hashes of links by which users come in, and how
 * much the server has deleted of what.
 */
export const commonTables: readonly string[] = [
  'delivery_router',
  'feed_floor',
  'journal_head',
  'journal_mark',
  'migration',
  'retention_run',
  'retention_worker',
  'setup_link',
  'threat_indicator',
  'threat_list',
];

/** Tables of full text: their rows are found by an event, which says whose it is. */
const isFullText = (name: string) => /^event_text/.test(name) || name.startsWith('sqlite_');

const columnsOf: Readonly<Record<Database['kind'], string>> = {
  sqlite: `select m.name as table_name, c.name as column_name from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table'`,
  postgres: 'select table_name, column_name from information_schema.columns where table_schema = current_schema()',
};

/** Every table that the migrations have made and that is none of the installation's own. */
export async function listTenantTables(database: Database): Promise<TenantTable[]> {
  const columns = await database.read<{ table_name: string; column_name: string }>(columnsOf[database.kind], []);
  const byTable = Map.groupBy(columns, ({ table_name }) => table_name);
  return [...byTable]
    .filter(([name]) => !commonTables.includes(name) && !isFullText(name))
    .map(([name, of]) => {
      const names = new Set(of.map(({ column_name }) => column_name));
      const owner = name === 'tenant' ? 'id' : 'tenant_id';
      if (!names.has(owner)) throw new Error(`Whose are the rows of ${name}? Name it among commonTables if nobody's.`);
      return { name, owner, hasId: names.has('id') };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** What a tenant has, table by table: how many rows, and one value that differs when any of them does. */
export async function digestOf(
  database: Database,
  tables: readonly TenantTable[],
  tenantId: string,
): Promise<Record<string, { rows: number; digest: string }>> {
  const digests = await Promise.all(
    tables.map(async ({ name, owner }) => {
      const rows = await database.read(`select * from ${name} where ${owner} = ?`, [tenantId]);
      const lines = rows.map((row) => JSON.stringify(row)).sort();
      const digest = createHash('sha256').update(lines.join('\n')).digest('base64');
      return [name, { rows: rows.length, digest }] as const;
    }),
  );
  return Object.fromEntries(digests);
}

/** The ids of a tenant's rows, by table, as texts. */
export async function idsOf(
  database: Database,
  tables: readonly TenantTable[],
  tenantId: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await Promise.all(
    tables
      .filter(({ hasId }) => hasId)
      .map(async ({ name, owner }) => {
        const rows = await database.read<{ id: string | number }>(
          `select id from ${name} where ${owner} = ? order by id`,
          [tenantId],
        );
        return [name, rows.map(({ id }) => String(id))] as const;
      }),
  );
  return new Map(found);
}
