import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { version } from '../../../../server/version.ts';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import { aConnection, aLease, aLookup, aRequest } from '../../../support/observations.ts';
import { openTenant } from '../../../support/test-tenant.ts';
import { type Intrudect, now, openIntrudect } from '../open-intrudect.ts';

let intrudect: Intrudect;

beforeAll(async () => {
  intrudect = await openIntrudect();
});

afterAll(() => intrudect.gateway.close());

const path = '/api/v1/about';
const counted = (row_count: number) => ({ row_count, row_count_is_estimate: true });
const nothing = { ...counted(0), size_bytes: 0, first_record_at: '', last_record_at: '' };
const list = (last_updated_at: string, size_bytes: number) => ({ last_updated_at, size_bytes });

describe('GET /api/v1/about', () => {
  it('has empty texts for the times of what is not there, also where a neighbour has it', async () => {
    const neighbour = await openTenant(intrudect.gateway, 'Neighbour');
    await neighbour.observe({ occurredAt: now, observations: [aConnection(), aLookup(), aLease(), aRequest()] });
    await neighbour.ingest(aNetworkAlert());
    const before = await intrudect.call('GET', path);

    expect(before).toMatchObject({ status: 200, body: { version, schema_health: { is_healthy: true } } });
    expect(before.body.runtime_memory_bytes).toBeGreaterThan(10_000_000);
    expect(before.body.database).toEqual({
      size_bytes: expect.any(Number),
      network_alerts: counted(0),
      tcp_records: nothing,
      dns_records: nothing,
      dhcp_records: nothing,
      http_records: nothing,
      tor_relays: list('', 0),
      misp_ip_records: list('', 0),
      misp_dns_records: list('', 0),
    });
  });

  it('tells each kind under its own name, with times in the zone of the server', async () => {
    const { tenant, gateway } = intrudect;
    const minute = 60_000;
    await tenant.observe(
      { occurredAt: now, observations: [aConnection(), aLookup(), aLookup(), aLease(), aRequest()] },
      { occurredAt: now + minute, observations: [aLookup(), aLease(), aLease(), aLease(), aRequest(), aRequest()] },
      { occurredAt: now + 2 * minute, observations: [aRequest(), aRequest()] },
    );
    await tenant.ingest([aNetworkAlert(), aWazuhAlert({ rule: { level: 8 } }), aNetworkAlert()]);
    const lists = { TOR_RELAY: '192.0.2.1', MISP_IP: '192.0.2.22', MISP_DOMAIN: 'bad.example' } as const;
    for (const [kind, entry] of Object.entries(lists) as [keyof typeof lists, string][]) {
      await gateway.store.threatIntel.replace(kind, 'list.txt', Readable.from([Buffer.from(entry)]));
    }

    const first_record_at = '2026-06-03 10:30:00';
    const records = (rows: number, last_record_at: string) => {
      return { ...counted(rows), size_bytes: expect.any(Number), first_record_at, last_record_at };
    };
    const { body } = await intrudect.call('GET', '/api/v1/settings/about');
    expect(body.database).toEqual({
      size_bytes: expect.any(Number),
      network_alerts: counted(2),
      tcp_records: records(1, first_record_at),
      dns_records: records(3, '2026-06-03 10:31:00'),
      dhcp_records: records(4, '2026-06-03 10:31:00'),
      http_records: records(5, '2026-06-03 10:32:00'),
      tor_relays: list('2026-06-03', 9),
      misp_ip_records: list('2026-06-03 10:30:00', 10),
      misp_dns_records: list('2026-06-03 10:30:00', 11),
    });
    for (const kind of ['tcp', 'dns', 'dhcp', 'http']) {
      expect(body.database[`${kind}_records`].size_bytes).toBeGreaterThan(100);
    }
  });
});
