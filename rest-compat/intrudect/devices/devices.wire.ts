import type { FilterFields } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import type { Sorting } from '../wire/sorting.ts';

/** A device as operations answer it, by the fields of `deviceFields`. */
export interface DeviceRow {
  readonly id: string;
  readonly mac: string | null;
  readonly lastIp: string | null;
  readonly hostname: string | null;
  readonly friendlyName: string | null;
  readonly vendor: string | null;
  readonly network: { readonly name: string } | null;
  readonly isGateway: boolean;
  readonly firstSeen: Date | string;
  readonly lastSeen: Date | string;
}

export const deviceFields = 'id mac lastIp hostname friendlyName vendor network { name } isGateway firstSeen lastSeen';

export const deviceFilters: FilterFields = new Map([
  ['mac', { to: 'mac', of: 'string' }],
  ['ip', { to: 'ip', of: 'string' }],
  ['vendor', { to: 'vendor', of: 'string' }],
  ['hostname', { to: 'hostname', of: 'string' }],
  ['friendly_name', { to: 'friendlyName', of: 'string' }],
]);

export const deviceSorting: Sorting = {
  fields: new Map([
    ['last_ip', 'LAST_IP'],
    ['lastip', 'LAST_IP'],
    ['ip', 'LAST_IP'],
    ['hostname', 'HOSTNAME'],
    ['friendly_name', 'FRIENDLY_NAME'],
    ['name', 'FRIENDLY_NAME'],
    ['mac', 'MAC'],
    ['vendor', 'VENDOR'],
    ['gateway', 'IS_GATEWAY'],
    ['is_gateway', 'IS_GATEWAY'],
    ['ipcount', 'ADDRESS_COUNT'],
    ['ip_count', 'ADDRESS_COUNT'],
    ['ip_history', 'ADDRESS_COUNT'],
    ['first_seen', 'FIRST_SEEN'],
    ['first', 'FIRST_SEEN'],
    ['last_seen', 'LAST_SEEN'],
    ['last', 'LAST_SEEN'],
  ]),
  fallback: 'LAST_IP',
  order: 'ASC',
};

export function toDevice(row: DeviceRow, time: LocalTime) {
  return {
    id: Number(row.id),
    mac: row.mac ?? '',
    last_ip: row.lastIp ?? '',
    hostname: row.hostname ?? '',
    friendly_name: row.friendlyName ?? '',
    vendor: row.vendor ?? '',
    network: row.network?.name ?? '',
    is_gateway: row.isGateway,
    first_seen: time.write(row.firstSeen),
    last_seen: time.write(row.lastSeen),
  };
}
