import type { Home, Homes } from './homes.ts';
import { type Reference, records, references } from './references.ts';

type Value = string | number;

/** Tables of which a reference is part of the key. */
const keyed = new Set([
  ...records,
  'alert',
  'delivery_attempt',
  'device_address',
  'intake_activity',
  'notification_episode',
  'packet_capture',
]);

/**
 * Lets what all households' rows name by a reference be a neighbour's instead: those of the first name the second's, those of the last
 * the first's. So everybody's rows name strangers', and strangers' rows everybody's. Answers how to put it back.
 */
export async function plant({ gateway, homes }: Homes, name: string): Promise<() => Promise<void>> {
  const reference = references[name];
  if (reference === undefined) throw new Error(`${name} has no row in references`);
  const { table, column, only = 'true' } = reference;
  const { database } = gateway.store;
  const changes: { readonly owner: string; readonly old: Value; readonly planted: Value }[] = [];
  for (const home of homes) {
    const neighbour = homes[home.number % homes.length] as Home;
    const foreign = await foreignOf(database, reference, home, neighbour);
    const rows = await database.read<{ value: Value | null }>(
      `select distinct ${column} as value from ${table} where tenant_id = ? and ${only}`,
      [home.tenant.id],
    );
    for (const { value } of rows) {
      const planted = value === null ? undefined : foreign(value);
      if (value !== null && planted !== undefined) changes.push({ owner: home.tenant.id, old: value, planted });
    }
  }
  if (changes.length === 0) throw new Error(`Nobody names anything by ${name}`);
  const set = `update ${table} set ${column} = ? where tenant_id = ? and ${column} = ? and ${only}`;
  const write = (pairs: readonly { owner: string; from: Value; to: Value }[]) =>
    database.em().transactional(async (em) => {
      const put = (value: Value, owner: string, old: Value) => em.execute(set, [value, owner, old], 'run');
      // Rows of a key change places by way of values of nothing.
      if (keyed.has(table)) for (const { owner, from } of pairs) await put(aside(from), owner, from);
      for (const { owner, from, to } of pairs) await put(to, owner, keyed.has(table) ? aside(from) : from);
    });
  await write(changes.map(({ owner, old, planted }) => ({ owner, from: old, to: planted })));
  return () => write(changes.map(({ owner, old, planted }) => ({ owner, from: planted, to: old })));
}

type Database = Homes['gateway']['store']['database'];

/** What a household's value becomes: its neighbour's that has the same place in the order. */
async function foreignOf(
  database: Database,
  { to, by = 'id', places = 1 }: Reference,
  home: Home,
  neighbour: Home,
): Promise<(value: Value) => Value | undefined> {
  if (to === null) {
    const [from = '', there = ''] = [home, neighbour].map(({ number }) => `10.7${number}.7${number}.`);
    return (value) => (String(value).includes(from) ? String(value).replace(from, there) : undefined);
  }
  const valuesOf = async ({ tenant }: Home) => {
    const rows = await database.read<{ value: Value }>(
      `select ${by} as value from ${to} where tenant_id = ? order by ${by}`,
      [tenant.id],
    );
    return rows.map(({ value }) => value);
  };
  const [own, others] = [await valuesOf(home), await valuesOf(neighbour)];
  if (own.length !== others.length) throw new Error(`${home.name} and ${neighbour.name} differ in ${to}`);
  const pairs = new Map(own.map((value, index) => [value, others[index]]));
  if (places === 1) return (value) => pairs.get(value);
  return (value) => {
    const row = pairs.get(Math.floor(Number(value) / places));
    return row === undefined ? undefined : Number(row) * places + (Number(value) % places);
  };
}

/** A value of the same type that names nothing. */
function aside(value: Value): Value {
  return typeof value === 'number' ? -value - 1 : `f${value.slice(1)}`;
}
