import type { PoolClient } from 'pg';
import {
  type AddressRow,
  DeviceBook,
  type DeviceChanges,
  type DeviceRow,
  deviceColumns,
  type GatewayRow,
  type KnownDevices,
  type Sighting,
} from '../journal/device-book.ts';
import type { JournalGroup } from '../journal/journal-group.ts';
import { changesOf, type ObservedChanges, rowsToStore, sightingsIn, type TableRows } from '../journal/observed.ts';
import { type Column, onConflict, type StoredValue } from '../journal/observed-tables.ts';

/** Writes, inside the journal's transaction, what the events of a group say of the network. */
export async function writeObserved(client: PoolClient, group: JournalGroup): Promise<ObservedChanges> {
  const stored = rowsToStore(group);
  for (const rows of stored) await insert(client, rows);
  const sightings = sightingsIn(group);
  return changesOf(stored, sightings.length === 0 ? undefined : await tellApart(client, sightings));
}

async function insert(client: PoolClient, { table, rows }: TableRows): Promise<void> {
  if (rows.length === 0) return;
  const names = table.columns.map(({ name }) => name).join(', ');
  const conflict = onConflict(table, { least: 'least', greatest: 'greatest' });
  await client.query({
    name: `observed ${table.name}`,
    text: `insert into ${table.name} (${names}) select * from ${unnest(table.columns)} ${conflict}`,
    values: transpose(table.columns.length, rows),
  });
}

function unnest(columns: readonly Column[]): string {
  return `unnest(${columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ')})`;
}

/** Rows as one array a column. */
function transpose(width: number, rows: readonly (readonly StoredValue[])[]): StoredValue[][] {
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? null));
}

async function tellApart(client: PoolClient, sightings: readonly Sighting[]): Promise<DeviceChanges> {
  const book = new DeviceBook(await readKnown(client, sightings));
  for (const sighting of sightings) book.see(sighting);
  const { changes } = book;
  await absorb(client, changes.absorbed);
  await change(client, changes.changed);
  await open(client, changes.opened);
  await hold(client, changes.addresses);
  return changes;
}

/** The rows of devices are locked: people may be renaming one at this moment. */
async function readKnown(client: PoolClient, sightings: readonly Sighting[]): Promise<KnownDevices> {
  const macs = pairs(sightings, ({ mac }) => mac);
  const ips = pairs(sightings, ({ ip }) => ip);
  const { rows: addresses } = await client.query<AddressRow>(
    `select known.* from unnest($1::uuid[], $2::text[]) as seen (tenant_id, ip) join device_address known using (tenant_id, ip)`,
    ips,
  );
  const { rows: devices } = await client.query<DeviceRow>(
    `select * from device where id = any ($1::bigint[]) or id in (
       select known.id from unnest($2::uuid[], $3::text[]) as seen (tenant_id, mac) join device known using (tenant_id, mac)
     ) for update`,
    [addresses.map(({ device_id }) => device_id), ...macs],
  );
  const { rows: gateways } = await client.query<GatewayRow>(
    `select tenant_id, gateway_mac, gateway_ip
     from unnest($1::uuid[], $2::text[]) as seen (tenant_id, gateway_mac) join network using (tenant_id, gateway_mac)`,
    macs,
  );
  return { devices, addresses, gateways };
}

/** The tenants and addresses that were seen, each pair once. */
function pairs(sightings: readonly Sighting[], addressOf: (sighting: Sighting) => string | null): [string[], string[]] {
  const found = new Map<string, [string, string]>();
  for (const sighting of sightings) {
    const address = addressOf(sighting);
    if (address !== null) found.set(`${sighting.tenantId} ${address}`, [sighting.tenantId, address]);
  }
  const all = [...found.values()];
  return [all.map(([tenantId]) => tenantId), all.map(([, address]) => address)];
}

async function absorb(client: PoolClient, gone: readonly DeviceRow[]): Promise<void> {
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await client.query('delete from device_address where device_id = any ($1::bigint[])', [ids]);
  await client.query('delete from device where id = any ($1::bigint[])', [ids]);
}

const typeOf: Readonly<Record<string, Column['type']>> = {
  id: 'bigint',
  tenant_id: 'uuid',
  last_ip_key: 'uuid',
  last_ip_at: 'bigint',
  hostname_at: 'bigint',
  vendor_at: 'bigint',
  first_seen: 'bigint',
  last_seen: 'bigint',
};

const columnsOf = (names: readonly string[]) => names.map((name): Column => ({ name, type: typeOf[name] ?? 'text' }));
const allColumns = ['id', ...deviceColumns] as const;

async function change(client: PoolClient, devices: readonly DeviceRow[]): Promise<void> {
  if (devices.length === 0) return;
  await client.query(
    `update device set ${deviceColumns.map((column) => `${column} = now.${column}`).join(', ')}
     from ${unnest(columnsOf(allColumns))} as now (${allColumns.join(', ')}) where device.id = now.id`,
    allColumns.map((column) => devices.map((device) => device[column])),
  );
}

async function open(client: PoolClient, devices: readonly DeviceRow[]): Promise<void> {
  if (devices.length === 0) return;
  const { rows } = await client.query<Pick<DeviceRow, 'id' | 'tenant_id' | 'mac' | 'last_ip'>>(
    `insert into device (${deviceColumns.join(', ')}) select * from ${unnest(columnsOf(deviceColumns))}
     returning id, tenant_id, mac, last_ip`,
    deviceColumns.map((column) => devices.map((device) => device[column])),
  );
  // A new device without a hardware address is the only such one at its address.
  const keyOf = ({ tenant_id, mac, last_ip }: (typeof rows)[number]) => `${tenant_id} ${mac ?? last_ip}`;
  const idOf = new Map(rows.map((row) => [keyOf(row), row.id]));
  for (const device of devices) device.id = idOf.get(keyOf(device)) ?? null;
}

async function hold(client: PoolClient, addresses: DeviceChanges['addresses']): Promise<void> {
  if (addresses.length === 0) return;
  await client.query(
    `insert into device_address (device_id, ip, tenant_id, first_seen, last_seen)
     select * from unnest($1::bigint[], $2::text[], $3::uuid[], $4::bigint[], $5::bigint[])
     on conflict (device_id, ip) do update set first_seen = least(device_address.first_seen, excluded.first_seen),
       last_seen = greatest(device_address.last_seen, excluded.last_seen)`,
    [
      addresses.map(({ device }) => device.id),
      addresses.map(({ ip }) => ip),
      addresses.map(({ device }) => device.tenant_id),
      addresses.map(({ first_seen }) => first_seen),
      addresses.map(({ last_seen }) => last_seen),
    ],
  );
}
