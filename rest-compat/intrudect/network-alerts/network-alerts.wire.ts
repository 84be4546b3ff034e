import { type Body, refuse } from '../../kernel/json-body.ts';
import { type FilterFields, filtersOf, readFilters } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import type { Sorting } from '../wire/sorting.ts';
import { readSpan } from '../wire/span.ts';

interface DeviceNames {
  readonly hostname: string | null;
  readonly friendlyName: string | null;
}

/** A network alert as operations answer it, by the fields of `networkAlertFields`. */
export interface NetworkAlertRow {
  readonly id: string;
  readonly occurredAt: Date | string;
  readonly agent: string | null;
  readonly agentName: string | null;
  readonly sourceMac: string | null;
  readonly destinationMac: string | null;
  readonly sourceIp: string;
  readonly destinationIp: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  readonly sourceDevice: DeviceNames | null;
  readonly destinationDevice: DeviceNames | null;
  readonly level: number;
  readonly type: string;
  readonly title: string;
  readonly message: string;
  readonly pcap: { readonly id: string } | null;
  readonly sourceNetwork: { readonly name: string } | null;
  readonly destinationNetwork: { readonly name: string } | null;
  readonly isSourcePublic: boolean;
  readonly isDestinationPublic: boolean;
}

export const networkAlertFields = `id occurredAt agent agentName sourceMac destinationMac sourceIp destinationIp sourcePort
  destinationPort sourceDevice { hostname friendlyName } destinationDevice { hostname friendlyName } level type title message
  pcap { id } sourceNetwork { name } destinationNetwork { name } isSourcePublic isDestinationPublic`;

/** The filters that are lists of values. */
const lists: FilterFields = new Map([
  ['agent', { to: 'agent', of: 'string' }],
  ['agent_id', { to: 'agent', of: 'string' }],
  ['level', { to: 'level', of: 'integer' }],
  ['type', { to: 'type', of: 'string' }],
  ['source', { to: 'source', of: 'string' }],
  ['destination', { to: 'destination', of: 'string' }],
  ['destination_port', { to: 'destinationPort', of: 'integer' }],
  ['dst_port', { to: 'destinationPort', of: 'integer' }],
  ['search', { to: 'search', of: 'string' }],
]);

export const networkAlertFilters: ReadonlySet<string> = new Set([...lists.keys(), 'from', 'to', 'type_mode', 'unique']);

const uniques: ReadonlyMap<unknown, string> = new Map([
  ['source', 'SOURCE'],
  ['destination', 'DESTINATION'],
  ['destinationport', 'DESTINATION_PORT'],
  ['pair', 'PAIR'],
]);

/** The conditions that a search's `filters` ask for. */
export function readNetworkAlertFilters(body: Body, time: LocalTime) {
  const { from, to, type_mode: mode, unique, ...others } = filtersOf(body);
  const { type, ...conditions } = readFilters({ filters: others }, lists);
  const types = readMode(mode) === 2 ? 'exceptType' : 'type';
  return {
    ...conditions,
    ...(type && { [types]: type }),
    ...readSpan(from, to, time),
    unique: readUnique(unique),
  };
}

export const networkAlertSorting: Sorting = {
  fields: new Map([
    ['id', 'ID'],
    ['timestamp', 'OCCURRED_AT'],
    ['first', 'OCCURRED_AT'],
    ['agent', 'AGENT'],
    ['source', 'SOURCE'],
    ['destination', 'DESTINATION'],
    ['src_ip', 'SOURCE_IP'],
    ['dst_ip', 'DESTINATION_IP'],
    ['dst_port', 'DESTINATION_PORT'],
    ['type', 'TYPE'],
    ['level', 'LEVEL'],
    ['subject', 'TITLE'],
    ['message', 'MESSAGE'],
  ]),
  fallback: 'OCCURRED_AT',
  order: 'DESC',
};

export function toNetworkAlert(row: NetworkAlertRow, time: LocalTime) {
  return {
    id: Number(row.id),
    timestamp: time.write(row.occurredAt),
    agent: row.agent ?? '',
    agent_name: row.agentName ?? '',
    src_mac: row.sourceMac ?? '',
    dst_mac: row.destinationMac ?? '',
    src_ip: row.sourceIp,
    dst_ip: row.destinationIp,
    src_port: row.sourcePort,
    dst_port: row.destinationPort,
    src_hostname: row.sourceDevice?.hostname ?? '',
    dst_hostname: row.destinationDevice?.hostname ?? '',
    level: row.level,
    type: row.type,
    subject: row.title,
    message: row.message,
    pcap_id: row.pcap === null ? null : Number(row.pcap.id),
    src_device_name: nameOf(row.sourceDevice),
    dst_device_name: nameOf(row.destinationDevice),
    src_network_name: row.sourceNetwork?.name ?? '',
    dst_network_name: row.destinationNetwork?.name ?? '',
    is_src_public_ip: row.isSourcePublic,
    is_dst_public_ip: row.isDestinationPublic,
  };
}

function nameOf(device: DeviceNames | null): string {
  return device?.friendlyName ?? device?.hostname ?? '';
}

function readMode(mode: unknown): 1 | 2 {
  if (mode === undefined || mode === null) return 1;
  if (mode === 1 || mode === 2) return mode;
  throw refuse('filters.type_mode', 'must be 1 or 2');
}

function readUnique(unique: unknown): string | null {
  if (unique === undefined || unique === null) return null;
  const read = uniques.get(unique);
  if (read === undefined) throw refuse('filters.unique', `must be one of ${[...uniques.keys()].join(', ')}`);
  return read;
}
