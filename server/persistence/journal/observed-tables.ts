import { ipKey } from '../../ip-address.ts';
import type { ObservedKind, SqlValue } from './journal-group.ts';

/** A value that a projection stores. */
export type StoredValue = SqlValue | Uint8Array;

/** A column, its type on PostgreSQL, and what becomes of it where a row of the same key is stored already. */
export interface Column {
  readonly name: string;
  readonly type: 'bigint' | 'int' | 'float8' | 'text' | 'uuid' | 'bytea';
  readonly merge?: 'key' | 'least' | 'greatest' | 'sum';
}

/** A table that a commit writes rows of observations to; one with key columns takes them as upserts, in any order alike. */
export interface ObservedTable {
  readonly name: string;
  readonly columns: readonly Column[];
  /** The exact count that its list shows, where it has one. */
  readonly counter: string | null;
}

/** What its event's row says of an observation. */
export interface Origin {
  readonly seq: number;
  /** The number of the observation in all of the database. */
  readonly id: number;
  readonly tenantId: string;
  readonly intakeId: string;
  readonly occurredAt: number;
  /** When hosts count as seen: a sender whose clock is ahead saw them no later than its event was received. */
  readonly seenAt: number;
}

/** A table, and the row of it that an observation makes. */
export interface Projection {
  readonly table: ObservedTable;
  readonly rowOf: (origin: Origin, values: readonly StoredValue[]) => StoredValue[];
}

const text = (name: string): Column => ({ name, type: 'text' });
const int = (name: string): Column => ({ name, type: 'int' });
const bigint = (name: string): Column => ({ name, type: 'bigint' });
const key = (name: string, type: Column['type']): Column => ({ name, type, merge: 'key' });
const sum = (name: string): Column => ({ name, type: 'bigint', merge: 'sum' });
const tenantKey = key('tenant_id', 'uuid');

/** A row that is only ever added: number, tenant, intake, time and agent, and then what is its own. */
function record(name: string, counter: string, own: readonly Column[]): Projection {
  const columns: Column[] = [
    bigint('id'),
    { name: 'tenant_id', type: 'uuid' },
    { name: 'intake_id', type: 'uuid' },
    bigint('occurred_at'),
    text('agent'),
    ...own,
  ];
  return {
    table: { name, counter, columns },
    rowOf: ({ id, tenantId, intakeId, occurredAt }, values) => [id, tenantId, intakeId, occurredAt, ...values],
  };
}

const aggregateMs = 15 * 60_000;
/** A domain name is no longer (RFC 1035); a longer text would not fit an index of PostgreSQL. */
const longestName = 255;

/** The quarter of an hour, UTC, that an instant lies in. */
function quarterOf(instant: number): number {
  return Math.floor(instant / aggregateMs) * aggregateMs;
}

const dnsAggregate: Projection = {
  table: {
    name: 'dns_aggregate',
    counter: null,
    columns: [
      tenantKey,
      key('starts_at', 'bigint'),
      key('source_ip', 'text'),
      key('query', 'text'),
      key('type', 'text'),
      sum('lookups'),
      sum('failures'),
    ],
  },
  rowOf({ tenantId, occurredAt }, [, sourceIp, , , query, type, responseCode]) {
    const hasFailed = responseCode !== null && responseCode !== 'NOERROR';
    const name = String(query).slice(0, longestName).toWellFormed();
    return [tenantId, quarterOf(occurredAt), sourceIp ?? '', name, type ?? '', 1, hasFailed ? 1 : 0];
  },
};

const tcpAggregate: Projection = {
  table: {
    name: 'tcp_aggregate',
    counter: null,
    columns: [
      tenantKey,
      key('starts_at', 'bigint'),
      key('source_ip', 'text'),
      key('destination_ip', 'text'),
      key('destination_port', 'int'),
      key('proto', 'text'),
      sum('connections'),
      sum('bytes_out'),
      sum('bytes_in'),
    ],
  },
  rowOf({ tenantId, occurredAt }, [, sourceIp, , destinationIp, destinationPort, proto, , bytesOut, bytesIn]) {
    const ends = [sourceIp ?? '', destinationIp ?? '', destinationPort ?? -1, proto ?? ''];
    return [tenantId, quarterOf(occurredAt), ...ends, 1, bytesOut ?? 0, bytesIn ?? 0];
  },
};

const service: Projection = {
  table: {
    name: 'observed_service',
    counter: null,
    columns: [
      tenantKey,
      text('ip'),
      key('ip_key', 'uuid'),
      key('proto', 'text'),
      key('port', 'int'),
      { name: 'first_seen', type: 'bigint', merge: 'least' },
      { name: 'last_seen', type: 'bigint', merge: 'greatest' },
    ],
  },
  rowOf: ({ tenantId, seenAt }, [ip = '', proto = '', port = 0]) => {
    return [tenantId, ip, ipKey(String(ip)), proto, port, seenAt, seenAt];
  },
};

const packet: Projection = {
  table: {
    name: 'packet_capture',
    counter: null,
    columns: [bigint('alert_id'), { name: 'tenant_id', type: 'uuid' }, { name: 'bytes', type: 'bytea' }],
  },
  rowOf: ({ seq, tenantId }, [bytes = null]) => [seq, tenantId, bytes],
};

/** What a commit makes of each kind of observation; a device is told apart from others by DeviceBook instead. */
export const projections: Readonly<Record<Exclude<ObservedKind, 'device'>, readonly Projection[]>> = {
  service: [service],
  dns: [
    record('dns_record', 'dnsRecords', [
      text('source_ip'),
      int('source_port'),
      text('destination_ip'),
      text('query'),
      text('type'),
      text('response_code'),
      text('answers'),
    ]),
    dnsAggregate,
  ],
  tcp: [
    record('tcp_record', 'tcpRecords', [
      text('source_ip'),
      int('source_port'),
      text('destination_ip'),
      int('destination_port'),
      text('proto'),
      { name: 'duration_ms', type: 'float8' },
      bigint('bytes_out'),
      bigint('bytes_in'),
      bigint('packets_out'),
      bigint('packets_in'),
      text('state'),
      text('service'),
    ]),
    tcpAggregate,
  ],
  dhcp: [
    record('dhcp_record', 'dhcpRecords', [
      text('mac'),
      text('ip'),
      text('hostname'),
      text('server_ip'),
      text('message_type'),
      bigint('lease_seconds'),
    ]),
  ],
  http: [
    record('http_record', 'httpRecords', [
      text('source_ip'),
      int('source_port'),
      text('destination_ip'),
      int('destination_port'),
      text('method'),
      text('host'),
      text('uri'),
      text('user_agent'),
      int('status'),
    ]),
  ],
  telemetry: [record('telemetry_sample', 'telemetrySamples', [text('interface'), text('metrics')])],
  backup: [
    record('backup_event', 'backupEvents', [
      text('job_id'),
      text('status'),
      text('asset_id'),
      bigint('size_bytes'),
      text('checksum_sha256'),
    ]),
  ],
  packet: [packet],
};

/** How a table takes a row whose key it holds already; empty where rows are only added. `own` is the database's name of least and greatest. */
export function onConflict({ name, columns }: ObservedTable, own: { least: string; greatest: string }): string {
  const keys = columns.filter(({ merge }) => merge === 'key');
  if (keys.length === 0) return '';
  const merged = columns.flatMap(({ name: column, merge }) => {
    if (merge === 'sum') return [`${column} = ${name}.${column} + excluded.${column}`];
    if (merge === 'least' || merge === 'greatest') {
      return [`${column} = ${own[merge]}(${name}.${column}, excluded.${column})`];
    }
    return [];
  });
  return `on conflict (${keys.map((column) => column.name).join(', ')}) do update set ${merged.join(', ')}`;
}
