import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aNetworkAlert, aWazuhAlert } from '../../../support/builders.ts';
import * as seen from '../../../support/observations.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenants, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;
let ash: TestTenant;
let birch: TestTenant;
let cedar: TestTenant;

const now = Date.UTC(2026, 5, 3, 12);
const at = (minute: number) => new Date(now + minute * 60_000).toISOString();

/** One event a minute, each with as many connections, look-ups, leases and requests. */
async function fill(tenant: TestTenant, from: number, minutes: number, connections: number): Promise<void> {
  const records = Array.from({ length: minutes }, (_, minute) => ({
    occurredAt: now + (from + minute) * 60_000,
    observations: [
      ...Array.from({ length: connections }, (_, port) => seen.aConnection({ sourcePort: 1024 + port })),
      ...Array.from({ length: connections }, (_, host) => seen.aLookup({ query: `host-${host}.example.com` })),
      ...Array.from({ length: connections }, (_, page) => seen.aRequest({ uri: `/${'a'.repeat(page * 5)}` })),
      seen.aLease(),
    ],
  }));
  await tenant.observe(...records);
}

beforeAll(async () => {
  gateway = await startTestGateway();
  [ash, birch, cedar] = (await openTenants(gateway, 'Ash', 'Birch', 'Cedar')) as [TestTenant, TestTenant, TestTenant];
  await fill(ash, 0, 30, 100);
  await fill(birch, -500, 60, 100);
  await fill(ash, 30, 30, 100);
  await ash.ingest([aNetworkAlert(), aWazuhAlert({ rule: { level: 8 } }), aNetworkAlert(), aWazuhAlert()]);
});

afterAll(() => gateway.close());

const storage = '{ count isEstimate sizeBytes firstRecordAt lastRecordAt }';
const kinds = ['tcp', 'dns', 'http', 'dhcp'] as const;
const records = kinds.map((kind) => `${kind}Records ${storage}`).join(' ');
const databaseOf = async (tenant: TestTenant, fields: string) =>
  (await tenant.read(`{ about { database { ${fields} } } }`)).about.database;

describe('about.database', () => {
  it("tells of the caller's tenant alone how many records of each kind there are, and of which time", async () => {
    const sizeBytes = expect.any(Number);
    const of = (first: string, last: string) => (count: number) => {
      return { count, isEstimate: false, sizeBytes, firstRecordAt: first, lastRecordAt: last };
    };
    for (const [tenant, count] of [
      [ash, of(at(0), at(59))],
      [birch, of(at(-500), at(-441))],
    ] as const) {
      expect(await databaseOf(tenant, records)).toEqual({
        tcpRecords: count(6000),
        dnsRecords: count(6000),
        httpRecords: count(6000),
        dhcpRecords: count(60),
      });
    }
    const none = { count: 0, isEstimate: false, sizeBytes: 0, firstRecordAt: null, lastRecordAt: null };
    const nothing = Object.fromEntries(kinds.map((kind) => [`${kind}Records`, none]));
    expect(await databaseOf(cedar, `${records} networkAlerts { count isEstimate }`)).toEqual({
      ...nothing,
      networkAlerts: { count: 0, isEstimate: false },
    });
  });

  it.each(kinds.slice(0, 3))('shares the true size of the %s records out among the tenants, about', async (kind) => {
    const { database } = gateway.store;
    const [row] = await database.read<{ bytes: number }>(
      database.kind === 'postgres'
        ? `select pg_total_relation_size('${kind}_record') as bytes`
        : `select sum(pgsize) as bytes from dbstat where name in ('${kind}_record', '${kind}_record_time')`,
      [],
    );
    const told = await Promise.all([ash, birch].map((tenant) => databaseOf(tenant, `${kind}Records { sizeBytes }`)));
    const [left, right] = told.map((found) => found[`${kind}Records`].sizeBytes);

    expect(left / right).toBeCloseTo(1, 1);
    expect((left + right) / Number(row?.bytes)).toBeGreaterThan(0.85);
    expect((left + right) / Number(row?.bytes)).toBeLessThan(1.15);
  });

  it('knows its whole size', async () => {
    const { sizeBytes } = await databaseOf(cedar, 'sizeBytes');
    expect(sizeBytes).toBeGreaterThan(1_000_000);
    expect(sizeBytes).toBeLessThan(100_000_000);
  });

  it('knows what room is left for it, and how it is reached', async () => {
    const { about } = await cedar.read('{ about { database { freeBytes } reach { isLocalOnly urls } } }');
    expect(about.database.freeBytes === null).toBe(gateway.store.database.kind === 'postgres');
    expect(about.reach).toEqual({ isLocalOnly: true, urls: [gateway.url] });
  });

  it('tells how many alerts are between addresses', async () => {
    const network = 'networkAlerts { count isEstimate }';
    expect(await databaseOf(ash, network)).toEqual({ networkAlerts: { count: 2, isEstimate: false } });
    expect(await databaseOf(birch, network)).toEqual({ networkAlerts: { count: 0, isEstimate: false } });
    await birch.ingest([aNetworkAlert(), aWazuhAlert({ rule: { level: 8 } })]);
    expect(await databaseOf(birch, network)).toEqual({ networkAlerts: { count: 1, isEstimate: false } });
  });

  it('tells any token of the lists of threats, but not where they came from', async () => {
    const { secret } = await gateway.createCredential('API_TOKEN', { tenantId: cedar.id, permissions: [] });
    const lists = '{ about { database { threatLists { kind count sizeBytes updatedAt } } } }';
    expect((await gateway.graphql(lists, {}, secret)).data.about.database).toEqual({ threatLists: [] });
    const list = Readable.from([Buffer.from('192.0.2.1\n192.0.2.22\n')]);
    await gateway.store.threatIntel.replace('TOR_RELAY', '/home/ann/relays.txt', list);
    expect((await gateway.graphql(lists, {}, secret)).data.about.database).toEqual({
      threatLists: [{ kind: 'TOR_RELAY', count: 2, sizeBytes: 19, updatedAt: expect.stringMatching(/Z$/) }],
    });
  });
});

describe('about.schemaHealth', () => {
  const document =
    '{ about { schemaHealth { isHealthy tables { name missingIndexes extraIndexes wrongIndexColumns isHealthy } } } }';
  const health = async () => (await cedar.read(document)).about.schemaHealth;

  it('finds every table as the migrations have made it', async () => {
    const { isHealthy, tables } = await health();
    const names: string[] = tables.map(({ name }: { name: string }) => name);
    expect({ isHealthy, tables }).toEqual({
      isHealthy: true,
      tables: names.map((name) => {
        return { name, missingIndexes: [], extraIndexes: [], wrongIndexColumns: [], isHealthy: true };
      }),
    });
    expect(names).toEqual([...names].sort());
    expect(names).toEqual(expect.arrayContaining(['alert', 'app_user', 'network', 'tcp_record', 'threat_indicator']));
    expect(names.includes('event_text')).toBe(gateway.store.database.kind === 'postgres');
  });

  it('finds indexes that are missing, extra, on other columns, or no longer unique', async () => {
    const execute = (sql: string) => gateway.store.database.em().execute(sql);
    await execute('drop index alert_severity');
    await execute('create index alert_by_hand on alert (agent)');
    await execute('drop index alert_occurred');
    await execute('create index alert_occurred on alert (tenant_id, id, occurred_at)');
    await execute('drop index device_mac');
    await execute('create index device_mac on device (tenant_id, mac) where mac is not null');

    const { isHealthy, tables } = await health();
    expect(isHealthy).toBe(false);
    expect(tables.filter((table: { isHealthy: boolean }) => !table.isHealthy)).toEqual([
      {
        name: 'alert',
        missingIndexes: ['alert_severity'],
        extraIndexes: ['alert_by_hand'],
        wrongIndexColumns: ['alert_occurred'],
        isHealthy: false,
      },
      { name: 'device', missingIndexes: [], extraIndexes: [], wrongIndexColumns: ['device_mac'], isHealthy: false },
    ]);
  });
});
