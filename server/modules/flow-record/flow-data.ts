import type { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import type { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { ScannedRow } from '../../persistence/scan.ts';

/** A row of any of the four tables: columns by name. */
export type FlowDataRow = ScannedRow & Readonly<Record<string, unknown>>;

/** A column as it is exported: its name in the Elastic Common Schema, and its value. */
type Column = readonly [name: string, tell: (row: FlowDataRow) => unknown];

type Condition = Exclude<keyof DataSetFilter, 'occurredAt' | 'agent'>;

/** How a table is exported: what of a row, and by which conditions on which columns. */
export interface FlowData {
  readonly columns: readonly Column[];
  /** Conditions on texts. */
  readonly texts: Readonly<Partial<Record<Condition, string>>>;
  /** Conditions on whole numbers. */
  readonly numbers: Readonly<Partial<Record<Condition, string>>>;
}

const of =
  (column: string) =>
  (row: FlowDataRow): unknown =>
    row[column];

const common: readonly Column[] = [
  ['event.sequence', of('id')],
  ['@timestamp', ({ occurred_at }) => new Date(occurred_at).toISOString()],
  ['agent.id', of('agent')],
];

const sourceColumns: readonly Column[] = [
  ['source.ip', of('source_ip')],
  ['source.port', of('source_port')],
  ['destination.ip', of('destination_ip')],
];

const destinationPort: Column = ['destination.port', of('destination_port')];

const addresses = { source: 'source_ip', destination: 'destination_ip' };
const ports = { sourcePort: 'source_port', destinationPort: 'destination_port' };

const nanosecondsAMs = 1_000_000;

export const flowData: Readonly<Record<FlowKind, FlowData>> = {
  DNS: {
    columns: [
      ...common,
      ...sourceColumns,
      ['dns.question.name', of('query')],
      ['dns.question.type', of('type')],
      ['dns.response_code', of('response_code')],
      ['dns.answers.data', ({ answers }) => JSON.parse(String(answers))],
    ],
    texts: { ...addresses, query: 'query', queryType: 'type' },
    numbers: {},
  },
  TCP: {
    columns: [
      ...common,
      ...sourceColumns,
      destinationPort,
      ['network.transport', of('proto')],
      [
        'event.duration',
        ({ duration_ms }) => (duration_ms === null ? null : Math.round(Number(duration_ms) * nanosecondsAMs)),
      ],
      ['source.bytes', of('bytes_out')],
      ['destination.bytes', of('bytes_in')],
      ['source.packets', of('packets_out')],
      ['destination.packets', of('packets_in')],
      ['network.state', of('state')],
      ['network.protocol', of('service')],
    ],
    texts: addresses,
    numbers: ports,
  },
  DHCP: {
    columns: [
      ...common,
      ['client.mac', of('mac')],
      ['client.ip', of('ip')],
      ['client.domain', of('hostname')],
      ['server.ip', of('server_ip')],
      ['dhcp.message_type', of('message_type')],
      ['dhcp.lease_seconds', of('lease_seconds')],
    ],
    texts: { mac: 'mac', hostname: 'hostname', ip: 'ip' },
    numbers: {},
  },
  HTTP: {
    columns: [
      ...common,
      ...sourceColumns,
      destinationPort,
      ['http.request.method', of('method')],
      ['url.domain', of('host')],
      ['url.original', of('uri')],
      ['user_agent.original', of('user_agent')],
      ['http.response.status_code', of('status')],
    ],
    texts: { ...addresses, host: 'host', uri: 'uri', userAgent: 'user_agent' },
    numbers: ports,
  },
};
