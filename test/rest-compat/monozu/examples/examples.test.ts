import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Monozu, openMonozu, printed } from '../open-monozu.ts';

let monozu: Monozu;

beforeAll(async () => {
  monozu = await openMonozu();
});

afterAll(() => monozu.close());

const fields = `occurredAt format host app severity isAlert title message raw intake { name }`;

/** What each printed event is, seen over GraphQL. */
const stored = {
  telemetry: {
    severity: 'INFORMATIONAL',
    message: 'interface=eth0 cpu_percent=12.5 memory_percent=45.2 rx_bytes=1048576 tx_bytes=524288',
  },
  log: { severity: 'MEDIUM', message: 'High memory usage detected', app: 'edge-agent' },
  security_alert: {
    severity: 'HIGH',
    isAlert: true,
    title: 'Port scan detected',
    message: 'SYN scan from 192.168.1.100 on 256 ports',
  },
  discovery: {
    severity: 'INFORMATIONAL',
    host: 'plc-001',
    message: '10.0.0.45 (plc-001, AA:BB:CC:DD:EE:FF, Siemens) answers on 102, 502, 44818',
  },
  backup_event: {
    severity: 'INFORMATIONAL',
    host: 'device-plc-001',
    message: 'Backup job 550e8400-e29b-41d4-a716-446655440000 of device-plc-001: completed',
  },
};

describe('the exchanges that the vendor prints', () => {
  it.each(Object.keys(stored) as (keyof typeof stored)[])('a batch of one %s is stored', async (kind) => {
    const answer = await monozu.ingest([printed[kind]]);
    expect(answer).toMatchObject({ status: 204, text: '' });

    const { events } = await monozu.query(`{ events(first: 1) { nodes { ${fields} } } }`);
    expect(events.nodes).toEqual([
      {
        host: null,
        app: null,
        title: null,
        isAlert: false,
        ...stored[kind],
        occurredAt: new Date(printed[kind].timestamp).toISOString(),
        format: 'EDGE',
        raw: JSON.stringify(printed[kind]),
        intake: { name: 'DEVICE_KEY' },
      },
    ]);
  });

  it('the security alert raises an alert between its two addresses', async () => {
    const { alerts } = await monozu.query(
      '{ alerts { nodes { kind severity title message type sourceIp destinationIp occurredAt } } }',
    );
    expect(alerts.nodes).toEqual([
      {
        kind: 'NETWORK',
        severity: 'HIGH',
        title: 'Port scan detected',
        message: 'SYN scan from 192.168.1.100 on 256 ports',
        type: 'security_alert',
        sourceIp: '192.168.1.100',
        destinationIp: '10.0.0.1',
        occurredAt: '2026-06-06T10:00:02.000Z',
      },
    ]);
  });

  it('all five at once are accepted with 204', async () => {
    expect(await monozu.ingest(Object.values(printed))).toMatchObject({ status: 204, text: '' });
  });

  it('malformed JSON and a missing field are 400', async () => {
    expect(await monozu.ingest('[{"kind":"log"')).toMatchObject({ status: 400 });
    expect(await monozu.ingest([{ kind: 'log', data: printed.log.data }])).toMatchObject({ status: 400 });
  });

  it('an invalid or missing key is 401', async () => {
    expect(await monozu.ingest([printed.log], { 'X-Device-Key': '<device_key>' })).toMatchObject({ status: 401 });
    expect(await monozu.ingest([printed.log], {})).toMatchObject({ status: 401 });
  });

  it('a batch over the limit is 413', async () => {
    expect(await monozu.ingest(Array(1001).fill(printed.log))).toMatchObject({ status: 413 });
  });
});
