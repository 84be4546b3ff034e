import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let tenant: TestTenant;
const receivedAt = Date.UTC(2027, 0, 1, 0, 0, 10);

beforeAll(async () => {
  gateway = await startTestGateway({ now: () => receivedAt });
  tenant = await openTenant(gateway, 'Fields');
});

afterAll(() => gateway.close());

/** Takes one record in and reads the event it became. */
async function takeIn(record: unknown): Promise<Record<string, unknown>> {
  const document =
    'mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { results { id isAlert error } } }';
  const { data } = await gateway.graphql(document, { input: { format: 'AUTO', events: [record] } }, tenant.token);
  const [{ id, error }] = data.ingestEvents.results;
  expect(error).toBeNull();
  const query =
    'query ($id: ID!) { event(id: $id) { format occurredAt host app severity isAlert title message raw fields } }';
  return (await tenant.read(query, { id })).event;
}

describe('a record of no declared format', () => {
  it('is stored as what it shows itself to be, byte for byte, with its fields', async () => {
    const line = '<35>Dec 31 23:59:59 edge-01 sshd[4711]: refused rhost=203.0.113.9 \t';
    expect(await takeIn(line)).toEqual({
      format: 'SYSLOG_3164',
      // Received ten seconds into the year after.
      occurredAt: '2026-12-31T23:59:59.000Z',
      host: 'edge-01',
      app: 'sshd',
      severity: 'HIGH',
      isAlert: true,
      title: null,
      message: 'refused rhost=203.0.113.9',
      raw: line,
      fields: expect.objectContaining({
        '@timestamp': '2026-12-31T23:59:59.000Z',
        'process.pid': 4711,
        'source.ip': '203.0.113.9',
        'log.syslog.severity.name': 'error',
      }),
    });
  });

  it('raises a network alert where it is a detection between addresses', async () => {
    const alert = { signature_id: 2001219, gid: 1, signature: 'Scan', category: 'Leak', severity: 2 };
    const ends = { src_ip: '203.0.113.9', src_port: 4904, dest_ip: '10.0.0.5', dest_port: 22 };
    const record = { timestamp: '2026-12-31T23:00:00.5+0000', event_type: 'alert', ...ends, proto: 'TCP', alert };

    expect(await takeIn(record)).toMatchObject({
      format: 'SURICATA',
      severity: 'MEDIUM',
      isAlert: true,
      title: 'Scan',
      fields: { 'rule.id': '1:2001219', 'rule.name': 'Scan', 'destination.port': 22 },
    });
    const { alerts } = await tenant.read('{ alerts(first: 1) { nodes { kind title type } } }');
    expect(alerts.nodes).toEqual([{ kind: 'NETWORK', title: 'Scan', type: 'Leak' }]);
  });

  it('is kept though nobody knows its format', async () => {
    expect(await takeIn('the quick brown fox')).toMatchObject({
      format: 'PLAIN',
      isAlert: false,
      message: 'the quick brown fox',
      fields: { message: 'the quick brown fox' },
    });
    expect(await takeIn(['a', 1])).toMatchObject({ format: 'PLAIN', raw: '["a",1]' });
  });
});
