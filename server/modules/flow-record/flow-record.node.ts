import { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { FlowRecordFilter } from '../../../schema/flow-record/flow-record.input.ts';
import type {
  DhcpRecordType,
  DnsRecordType,
  HttpRecordType,
  TcpRecordType,
} from '../../../schema/flow-record/flow-record.type.ts';
import type { RecordRow } from '../../persistence/record-list.ts';

export type FlowRecordNode = DnsRecordType | TcpRecordType | DhcpRecordType | HttpRecordType;

/** A row of any of the four tables: columns by name. */
export type FlowRow = RecordRow & Readonly<Record<string, unknown>>;

type Condition = Exclude<keyof FlowRecordFilter, 'occurredAt' | 'agent' | 'address' | 'name'>;

/** Where a kind of records is kept, which conditions it knows by which column, and what GraphQL shows of a row. */
export interface FlowTable {
  readonly table: string;
  readonly counter: string;
  readonly columns: Readonly<Partial<Record<Condition, string>>>;
  /** The columns that hold an address, and the one that holds a name. */
  readonly addresses: readonly string[];
  readonly name?: string;
  readonly toNode: (row: FlowRow) => FlowRecordNode;
}

const ends: FlowTable['columns'] = {
  sourceIp: 'source_ip',
  sourcePort: 'source_port',
  destinationIp: 'destination_ip',
  destinationPort: 'destination_port',
};

export const flowTables: Readonly<Record<FlowKind, FlowTable>> = {
  DNS: {
    table: 'dns_record',
    counter: 'dnsRecords',
    addresses: ['source_ip', 'destination_ip'],
    name: 'query',
    columns: {
      sourceIp: 'source_ip',
      sourcePort: 'source_port',
      destinationIp: 'destination_ip',
      query: 'query',
      queryType: 'type',
      responseCode: 'response_code',
    },
    toNode: (row) => ({
      ...common(row, FlowKind.DNS),
      sourceIp: text(row['source_ip']),
      sourcePort: number(row['source_port']),
      destinationIp: text(row['destination_ip']),
      query: String(row['query']),
      queryType: text(row['type']),
      responseCode: text(row['response_code']),
      answers: JSON.parse(String(row['answers'])),
    }),
  },
  TCP: {
    table: 'tcp_record',
    counter: 'tcpRecords',
    addresses: ['source_ip', 'destination_ip'],
    columns: { ...ends, proto: 'proto' },
    toNode: (row) => ({
      ...common(row, FlowKind.TCP),
      sourceIp: String(row['source_ip']),
      sourcePort: number(row['source_port']),
      destinationIp: String(row['destination_ip']),
      destinationPort: number(row['destination_port']),
      proto: String(row['proto']),
      durationMs: number(row['duration_ms']),
      bytesOut: number(row['bytes_out']),
      bytesIn: number(row['bytes_in']),
      packetsOut: number(row['packets_out']),
      packetsIn: number(row['packets_in']),
      state: text(row['state']),
      service: text(row['service']),
    }),
  },
  DHCP: {
    table: 'dhcp_record',
    counter: 'dhcpRecords',
    addresses: ['ip', 'server_ip'],
    name: 'hostname',
    columns: { mac: 'mac', ip: 'ip', hostname: 'hostname' },
    toNode: (row) => ({
      ...common(row, FlowKind.DHCP),
      mac: text(row['mac']),
      ip: text(row['ip']),
      hostname: text(row['hostname']),
      serverIp: text(row['server_ip']),
      messageType: text(row['message_type']),
      leaseSeconds: number(row['lease_seconds']),
    }),
  },
  HTTP: {
    table: 'http_record',
    counter: 'httpRecords',
    addresses: ['source_ip', 'destination_ip'],
    name: 'host',
    columns: { ...ends, host: 'host', uri: 'uri', userAgent: 'user_agent' },
    toNode: (row) => ({
      ...common(row, FlowKind.HTTP),
      sourceIp: text(row['source_ip']),
      sourcePort: number(row['source_port']),
      destinationIp: text(row['destination_ip']),
      destinationPort: number(row['destination_port']),
      method: text(row['method']),
      host: text(row['host']),
      uri: text(row['uri']),
      userAgent: text(row['user_agent']),
      status: number(row['status']),
    }),
  },
};

function common(row: FlowRow, kind: FlowKind) {
  return { id: row.id, kind, occurredAt: new Date(row.occurred_at), agent: row.agent, eventId: row.event_id };
}

function text(value: unknown): string | null {
  return value === null ? null : String(value);
}

function number(value: unknown): number | null {
  return value === null ? null : Number(value);
}
