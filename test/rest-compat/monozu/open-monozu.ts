import { expect } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../support/test-gateway.ts';

/** A running server, with a device key to send with and a token to look at what became of it. */
export interface Monozu {
  readonly gateway: TestGateway;
  readonly key: string;
  readonly token: string;
  /** Posts a batch: a text or bytes as they are, anything else as JSON, with the device key unless other headers are given. */
  ingest(body: unknown, headers?: Record<string, string>): Promise<Answer>;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  query(document: string, variables?: object): Promise<any>;
  /** How many events, alerts and rejected events there are. */
  totals(): Promise<{ events: number; alerts: number; rejected: number }>;
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  /** As sent: '' when there is none. */
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test knows what it asked for
  readonly body: any;
}

export const ingestPath = '/v1/ingest';

/** The events that the vendor prints, by kind. */
export const printed = {
  telemetry: {
    kind: 'telemetry',
    timestamp: '2026-06-06T10:00:00Z',
    data: { cpu_percent: 12.5, memory_percent: 45.2, interface: 'eth0', rx_bytes: 1048576, tx_bytes: 524288 },
  },
  log: {
    kind: 'log',
    timestamp: '2026-06-06T10:00:01Z',
    data: { level: 'warn', message: 'High memory usage detected', source: 'edge-agent' },
  },
  security_alert: {
    kind: 'security_alert',
    timestamp: '2026-06-06T10:00:02Z',
    data: {
      title: 'Port scan detected',
      severity: 'high',
      source_ip: '192.168.1.100',
      destination_ip: '10.0.0.1',
      description: 'SYN scan from 192.168.1.100 on 256 ports',
    },
  },
  discovery: {
    kind: 'discovery',
    timestamp: '2026-06-06T10:00:03Z',
    data: {
      ip: '10.0.0.45',
      mac: 'AA:BB:CC:DD:EE:FF',
      hostname: 'plc-001',
      open_ports: [102, 502, 44818],
      vendor: 'Siemens',
    },
  },
  backup_event: {
    kind: 'backup_event',
    timestamp: '2026-06-06T10:00:04Z',
    data: {
      job_id: '550e8400-e29b-41d4-a716-446655440000',
      status: 'completed',
      asset_id: 'device-plc-001',
      size_bytes: 204800,
      checksum_sha256: 'abc123...',
    },
  },
};

/** A printed event with other members, its data's members among them. */
export function anEvent(kind: keyof typeof printed, data: object = {}, changes: object = {}): Record<string, unknown> {
  return { ...printed[kind], data: { ...printed[kind].data, ...data }, ...changes };
}

export async function openMonozu(options: TestGatewayOptions = {}): Promise<Monozu> {
  const gateway = await startTestGateway(options);
  const key = await gateway.key('DEVICE_KEY');
  const token = await gateway.key('API_TOKEN');
  const query = async (document: string, variables: object = {}) => {
    const { data, errors } = await gateway.graphql(document, variables, token);
    expect(errors).toBeUndefined();
    return data;
  };
  return {
    gateway,
    key,
    token,
    query,
    ingest: async (body, headers = { 'x-device-key': key }) =>
      readAnswer(await gateway.post(ingestPath, body, headers)),
    totals: async () => {
      const { events, alerts, rejectedEvents } = await query(
        '{ events(first: 1) { totalCount } alerts(first: 1) { totalCount } rejectedEvents(first: 1) { totalCount } }',
      );
      return { events: events.totalCount, alerts: alerts.totalCount, rejected: rejectedEvents.totalCount };
    },
    close: () => gateway.close(),
  };
}

export async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? undefined : JSON.parse(text) };
}
