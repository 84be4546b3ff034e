import type { DeviceFilter } from '../../../schema/device/device.input.ts';
import type { DeviceAddressType, DeviceType } from '../../../schema/device/device.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Database } from '../../persistence/database.ts';
import { joinNext } from '../../persistence/join-each.ts';
import { appendToFeed } from '../../persistence/journal/append-feed.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { type KeysetList, readPage } from '../../persistence/keyset-list.ts';
import { foldedColumn, likeEscape } from '../../persistence/pattern.ts';
import { inJournalTurn } from '../../persistence/transaction.ts';
import { sameTenant, Where } from '../../persistence/where.ts';
import { deviceSchema } from './device.entity.ts';
import { type DeviceRow, deviceColumns, toNode } from './device.node.ts';

/** What people may change. */
export interface DeviceNames {
  readonly hostname?: string | null;
  readonly hostnameAt?: number;
  readonly friendlyName?: string | null;
}

const byAddress: KeysetList<DeviceRow, DeviceType> = {
  columns: deviceColumns,
  table: 'device d',
  order: { name: 'device', columns: ['d.last_ip_key', 'd.id'], direction: 'asc', uuids: ['d.last_ip_key'] },
  keyOf: (row) => [row.last_ip_key, row.id],
  nodeOf: toNode,
  counter: 'devices',
};

export class DeviceRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By address, as numbers sort; devices without one come first. */
  page(tenantId: string, filter: DeviceFilter, request: PageRequest): Promise<Page<DeviceType>> {
    return readPage(this.#database, byAddress, tenantId, this.#where(tenantId, filter), request);
  }

  async named(tenantId: string, like: string, most: number): Promise<DeviceType[]> {
    const { kind } = this.#database;
    const names = ['d.hostname', 'd.friendly_name'].map(
      (name) => `${foldedColumn(kind, name)} like ? escape '${likeEscape}'`,
    );
    const where = new Where('d.tenant_id', tenantId).and(`(${names.join(' or ')})`, like, like);
    const rows = await this.#database.read<DeviceRow>(
      `select ${deviceColumns} from device d ${where.sql} order by d.id limit ?`,
      [...where.params, most],
    );
    return rows.map(toNode);
  }

  async byId(tenantId: string, id: number): Promise<DeviceType | undefined> {
    const where = new Where('d.tenant_id', tenantId).and('d.id = ?', id);
    const [row] = await this.#database.read<DeviceRow>(
      `select ${deviceColumns} from device d ${where.sql}`,
      where.params,
    );
    return row && toNode(row);
  }

  /** The device seen last at each of these addresses. */
  async atAddresses(tenantId: string, ips: readonly string[]): Promise<Map<string, DeviceType>> {
    const where = new Where('a.tenant_id', tenantId).anyOf('a.ip', ips);
    const rows = await this.#database.read<DeviceRow & { ip: string }>(
      `select ${deviceColumns}, a.ip from device_address a join device d on d.id = a.device_id and ${sameTenant(this.#database.kind, 'd.tenant_id', 'a.tenant_id')} ${where.sql}
       order by a.last_seen, d.mac is not null, d.mac`,
      where.params,
    );
    return new Map(rows.map((row) => [row.ip, toNode(row)]));
  }

  /** The device seen last at the source and at the destination address of each of these alerts, by alert and address. */
  async ofAlerts(tenantId: string, alertIds: readonly number[]): Promise<Map<number, Map<string, DeviceType>>> {
    const where = new Where('a.tenant_id', tenantId).anyOf('a.id', alertIds);
    const next = joinNext(this.#database);
    const rows = await this.#database.read<DeviceRow & { alert_id: number; ip: string }>(
      `select ${deviceColumns}, a.id as alert_id, h.ip from alert a
       ${next} device_address h on h.tenant_id = a.tenant_id and h.ip in (a.source_ip, a.destination_ip)
       ${next} device d on d.id = h.device_id and ${sameTenant(this.#database.kind, 'd.tenant_id', 'h.tenant_id')} ${where.sql}
       order by h.ip = a.destination_ip, h.last_seen, d.mac is not null, d.mac`,
      where.params,
    );
    const byAlert = Map.groupBy(rows, ({ alert_id }) => alert_id);
    return new Map([...byAlert].map(([id, found]) => [id, new Map(found.map((row) => [row.ip, toNode(row)]))]));
  }

  /** Every address of these devices, the last one first. */
  async addressesOf(tenantId: string, ids: readonly number[]): Promise<(DeviceAddressType & { deviceId: number })[]> {
    const where = new Where('tenant_id', tenantId).anyOf('device_id', ids);
    const rows = await this.#database.read<{ device_id: number; ip: string; first_seen: number; last_seen: number }>(
      `select device_id, ip, first_seen, last_seen from device_address ${where.sql} order by last_seen desc, ip`,
      where.params,
    );
    return rows.map(({ device_id, ip, first_seen, last_seen }) => ({
      deviceId: device_id,
      ip,
      firstSeen: new Date(first_seen),
      lastSeen: new Date(last_seen),
    }));
  }

  async rename(tenantId: string, id: number, names: DeviceNames): Promise<void> {
    await inJournalTurn(this.#database, async ({ em }) => {
      const renamed = await em.nativeUpdate(deviceSchema, { tenantId, id }, { ...names });
      if (renamed > 0) await appendToFeed(em, 'deviceChanged', [{ tenantId, subject: id }]);
    });
  }

  #where(tenantId: string, filter: DeviceFilter): Where {
    const where = new Where('d.tenant_id', tenantId)
      .anyOf('d.mac', filter.mac)
      .anyOf('d.last_ip', filter.ip)
      .anyOf('d.hostname', filter.hostname)
      .anyOf('d.friendly_name', filter.friendlyName)
      .anyOf('d.vendor', filter.vendor)
      .within('d.first_seen', filter.firstSeen)
      .within('d.last_seen', filter.lastSeen);
    if (filter.address?.length) {
      const held = new Where('tenant_id', tenantId).anyOf('ip', filter.address);
      where.and(`d.id in (select device_id from device_address ${held.sql})`, ...held.params);
    }
    return where;
  }
}
