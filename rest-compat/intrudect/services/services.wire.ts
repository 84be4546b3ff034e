import { type Body, own, readText, refuse, required } from '../../kernel/json-body.ts';
import { readInteger } from '../wire/body.ts';
import type { FilterFields } from '../wire/filters.ts';
import type { LocalTime } from '../wire/local-time.ts';
import type { Sorting } from '../wire/sorting.ts';

/** A service as operations answer it, by the fields of `serviceFields`. */
export interface ServiceRow {
  readonly id: string;
  readonly serviceIp: string;
  readonly port: number;
  readonly proto: string;
  readonly name: string | null;
  readonly authorized: boolean;
  readonly firstSeen: Date | string;
  readonly lastSeen: Date | string;
}

export const serviceFields = 'id serviceIp port proto name authorized firstSeen lastSeen';

/** A host with its services, by the fields of `hostFields`. */
export interface HostRow {
  readonly serviceIp: string;
  readonly name: string | null;
  readonly authorized: boolean;
  readonly firstSeen: Date | string;
  readonly lastSeen: Date | string;
  readonly tcpPorts: readonly PortRow[];
  readonly udpPorts: readonly PortRow[];
}

type PortRow = Omit<ServiceRow, 'serviceIp' | 'name'>;

const portFields = 'id port proto authorized firstSeen lastSeen';

export const hostFields = `serviceIp name authorized firstSeen lastSeen tcpPorts { ${portFields} } udpPorts { ${portFields} }`;

export const serviceFilters: FilterFields = new Map([
  ['service_ip', { to: 'serviceIp', of: 'string' }],
  ['ip', { to: 'serviceIp', of: 'string' }],
  ['proto', { to: 'proto', of: 'protocol' }],
  ['service_port', { to: 'port', of: 'integer' }],
  ['port', { to: 'port', of: 'integer' }],
  ['authorized', { to: 'authorized', of: 'boolean' }],
]);

export const serviceSorting: Sorting = {
  fields: new Map([
    ['id', 'ID'],
    ['service_ip', 'SERVICE_IP'],
    ['ip', 'SERVICE_IP'],
    ['proto', 'PROTO'],
    ['protocol', 'PROTO'],
    ['service_port', 'PORT'],
    ['port', 'PORT'],
    ['first_seen', 'FIRST_SEEN'],
    ['first', 'FIRST_SEEN'],
    ['last_seen', 'LAST_SEEN'],
    ['last', 'LAST_SEEN'],
  ]),
  fallback: 'SERVICE_IP',
  order: 'ASC',
};

/** Where a service is, under the names of the object or those of the filters; what a body leaves out is undefined. */
export function readPlace(body: Body) {
  return {
    serviceIp: readText(body, 'service_ip') ?? readText(body, 'ip'),
    port: readInteger(body, 'service_port') ?? readInteger(body, 'port'),
    proto: readProtocol(readText(body, 'proto')),
  };
}

/** A place of which no part is left out. */
export function wholePlace<Place extends ReturnType<typeof readPlace>>(place: Place): Place {
  required('service_ip', place.serviceIp);
  required('service_port', place.port);
  required('proto', place.proto);
  return place;
}

/** What a body says of a service; what it leaves out is undefined. */
export function readService(body: Body, time: LocalTime) {
  return {
    ...readPlace(body),
    firstSeen: readTime(body, 'first_seen', time),
    lastSeen: readTime(body, 'last_seen', time),
  };
}

export function toService(row: ServiceRow, time: LocalTime) {
  return {
    id: Number(row.id),
    service_ip: row.serviceIp,
    service_port: row.port,
    proto: row.proto,
    name: row.name ?? '',
    authorized: row.authorized,
    first_seen: time.write(row.firstSeen),
    last_seen: time.write(row.lastSeen),
  };
}

export function toHost(host: HostRow, time: LocalTime) {
  const toPort = ({ id, port, proto, authorized, firstSeen, lastSeen }: PortRow) => ({
    id: Number(id),
    port,
    proto,
    authorized,
    first_seen: time.write(firstSeen),
    last_seen: time.write(lastSeen),
  });
  return {
    service_ip: host.serviceIp,
    name: host.name ?? '',
    authorized: host.authorized,
    first_seen: time.write(host.firstSeen),
    last_seen: time.write(host.lastSeen),
    tcp_ports: host.tcpPorts.map(toPort),
    udp_ports: host.udpPorts.map(toPort),
  };
}

function readProtocol(text: string | undefined): string | undefined {
  const proto = text?.toLowerCase();
  if (proto === undefined || proto === 'tcp' || proto === 'udp') return proto;
  throw refuse('proto', 'must be tcp or udp');
}

function readTime(body: Body, name: string, time: LocalTime): Date | undefined {
  if (own(body, name) === undefined) return undefined;
  const instant = time.read(readText(body, name) ?? '');
  if (instant === undefined) throw refuse(name, 'must be a time such as 2026-06-01 09:15:00');
  return instant;
}
