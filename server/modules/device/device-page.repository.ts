import { OrderDirection } from '../../../schema/alert/alert.enum.ts';
import { DeviceOrderField } from '../../../schema/device/device.enum.ts';
import type { DeviceOrder, DevicePatterns } from '../../../schema/device/device.input.ts';
import type { DeviceType } from '../../../schema/device/device.type.ts';
import type { NumberedPage } from '../../../schema/paging/numbered-page.type.ts';
import type { Database } from '../../persistence/database.ts';
import { readCounter } from '../../persistence/keyset.ts';
import { foldedColumn } from '../../persistence/pattern.ts';
import { Where } from '../../persistence/where.ts';
import { type DeviceRow, deviceColumns, toNode } from './device.node.ts';

type Kind = Database['kind'];

/** What is sorted by: an expression over the device `d`, alike in both databases. */
const orders: Readonly<Record<DeviceOrderField, (kind: Kind) => string>> = {
  [DeviceOrderField.LAST_IP]: () => 'd.last_ip_key',
  [DeviceOrderField.HOSTNAME]: (kind) => foldedColumn(kind, 'd.hostname'),
  [DeviceOrderField.FRIENDLY_NAME]: (kind) => foldedColumn(kind, 'd.friendly_name'),
  [DeviceOrderField.MAC]: (kind) => foldedColumn(kind, 'd.mac'),
  [DeviceOrderField.VENDOR]: (kind) => foldedColumn(kind, 'd.vendor'),
  [DeviceOrderField.IS_GATEWAY]: () =>
    'case when exists (select 1 from network n where n.tenant_id = d.tenant_id and n.gateway_ip = d.last_ip) then 1 else 0 end',
  [DeviceOrderField.ADDRESS_COUNT]: () => '(select count(*) from device_address a where a.device_id = d.id)',
  [DeviceOrderField.FIRST_SEEN]: () => 'd.first_seen',
  [DeviceOrderField.LAST_SEEN]: () => 'd.last_seen',
};

/**
 * Devices by the numbers of their pages. Rows before a page are read and passed over, which is borne by the table of devices
 * alone: an office has as many of them as it has hosts, not as it has events.
 */
export class DevicePageRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A page past the end is the last one; that of an empty list is the first. */
  async page(
    tenantId: string,
    filter: DevicePatterns,
    order: DeviceOrder,
    asked: { readonly page: number; readonly pageSize: number },
  ): Promise<NumberedPage<DeviceType>> {
    const { pageSize } = asked;
    const where = this.#where(tenantId, filter);
    const totalCount = await this.#count(tenantId, where);
    const page = Math.min(asked.page, Math.max(1, Math.ceil(totalCount / pageSize)));
    const direction = order.direction === OrderDirection.DESC ? 'desc' : 'asc';
    const rows = await this.#database.read<DeviceRow>(
      `select ${deviceColumns} from device d ${where.sql}
       order by ${orders[order.field](this.#database.kind)} ${direction}, d.id ${direction} limit ? offset ?`,
      [...where.params, pageSize, (page - 1) * pageSize],
    );
    return { nodes: rows.map(toNode), totalCount, page, pageSize };
  }

  async #count(tenantId: string, where: Where): Promise<number> {
    if (where.isWholeTenant) return readCounter(this.#database, tenantId, 'devices');
    const [row] = await this.#database.read<{ value: number }>(
      `select count(*) as value from device d ${where.sql}`,
      where.params,
    );
    return row?.value ?? 0;
  }

  #where(tenantId: string, filter: DevicePatterns): Where {
    const { kind } = this.#database;
    return new Where('d.tenant_id', tenantId)
      .matches(foldedColumn(kind, 'd.mac'), filter.mac)
      .matches(foldedColumn(kind, 'd.last_ip'), filter.ip)
      .matches(foldedColumn(kind, 'd.hostname'), filter.hostname)
      .matches(foldedColumn(kind, 'd.friendly_name'), filter.friendlyName)
      .matches(foldedColumn(kind, 'd.vendor'), filter.vendor);
  }
}
