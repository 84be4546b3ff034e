import type { Database, Statement } from 'better-sqlite3';
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
import { changesOf, type ObservedChanges, rowsToStore, sightingsIn } from '../journal/observed.ts';
import { type ObservedTable, onConflict, type StoredValue } from '../journal/observed-tables.ts';

/** Writes, inside the journal's transaction, what the events of a group say of the network. */
export class SqliteObservedWriter {
  readonly #database: Database;
  readonly #inserts = new Map<ObservedTable, Statement>();
  #devices: ReturnType<typeof prepareDevices> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  write(group: JournalGroup): ObservedChanges {
    const stored = rowsToStore(group);
    for (const { table, rows } of stored) {
      const insert = this.#insertInto(table);
      for (const row of rows) insert.run(row.map(bindable));
    }
    const sightings = sightingsIn(group);
    return changesOf(stored, sightings.length === 0 ? undefined : this.#tellApart(sightings));
  }

  #insertInto(table: ObservedTable): Statement {
    let insert = this.#inserts.get(table);
    if (!insert) {
      const names = table.columns.map(({ name }) => name);
      const conflict = onConflict(table, { least: 'min', greatest: 'max' });
      insert = this.#database.prepare(
        `insert into ${table.name} (${names.join(', ')}) values (${names.map(() => '?').join(', ')}) ${conflict}`,
      );
      this.#inserts.set(table, insert);
    }
    return insert;
  }

  #tellApart(sightings: readonly Sighting[]): DeviceChanges {
    this.#devices ??= prepareDevices(this.#database);
    const { open, change, absorb, dropAddresses, hold } = this.#devices;
    const book = new DeviceBook(this.#known(this.#devices, sightings));
    for (const sighting of sightings) book.see(sighting);
    const { changes } = book;
    for (const { id } of changes.absorbed) {
      absorb.run(id);
      dropAddresses.run(id);
    }
    for (const device of changes.changed) change.run(device);
    for (const device of changes.opened) device.id = Number(open.run(device).lastInsertRowid);
    for (const { device, ip, first_seen, last_seen } of changes.addresses) {
      hold.run(device.id, ip, device.tenant_id, first_seen, last_seen);
    }
    return changes;
  }

  #known(statements: ReturnType<typeof prepareDevices>, sightings: readonly Sighting[]): KnownDevices {
    const devices = new Map<number | null, DeviceRow>();
    const addresses: AddressRow[] = [];
    const gateways: GatewayRow[] = [];
    const asked = new Set<string>();
    const isNew = (tenantId: string, address: string | null): address is string => {
      const key = `${tenantId} ${address}`;
      return address !== null && !asked.has(key) && Boolean(asked.add(key));
    };
    for (const { tenantId, mac, ip } of sightings) {
      if (isNew(tenantId, mac)) {
        for (const device of statements.ofMac.all(tenantId, mac) as DeviceRow[]) devices.set(device.id, device);
        gateways.push(...(statements.gateways.all(tenantId, mac) as GatewayRow[]));
      }
      if (isNew(tenantId, ip)) addresses.push(...(statements.atAddress.all(tenantId, ip) as AddressRow[]));
    }
    for (const { device_id } of addresses) {
      if (!devices.has(device_id)) devices.set(device_id, statements.ofId.get(device_id) as DeviceRow);
    }
    return { devices: [...devices.values()], addresses, gateways };
  }
}

function prepareDevices(database: Database) {
  const values = deviceColumns.map((column) => `@${column}`).join(', ');
  const settings = deviceColumns.map((column) => `${column} = @${column}`).join(', ');
  return {
    ofMac: database.prepare('select * from device where tenant_id = ? and mac = ?'),
    ofId: database.prepare('select * from device where id = ?'),
    atAddress: database.prepare('select * from device_address where tenant_id = ? and ip = ?'),
    gateways: database.prepare(
      'select tenant_id, gateway_mac, gateway_ip from network where tenant_id = ? and gateway_mac = ?',
    ),
    open: database.prepare(`insert into device (${deviceColumns.join(', ')}) values (${values})`),
    change: database.prepare(`update device set ${settings} where id = @id`),
    absorb: database.prepare('delete from device where id = ?'),
    dropAddresses: database.prepare('delete from device_address where device_id = ?'),
    hold: database.prepare(
      `insert into device_address (device_id, ip, tenant_id, first_seen, last_seen) values (?, ?, ?, ?, ?)
       on conflict (device_id, ip) do update set first_seen = min(first_seen, excluded.first_seen),
         last_seen = max(last_seen, excluded.last_seen)`,
    ),
  };
}

/** Bytes arrive in this thread as a plain array of them; the driver takes a Buffer. */
function bindable(value: StoredValue): StoredValue {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}
