import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Observation } from '../../../../server/ingest/observation.ts';
import type { Database } from '../../../../server/persistence/database.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aJournalGroup, type JournalRecord } from '../../../support/journal-rows.ts';
import * as a from '../../../support/observations.ts';
import { type OpenedDatabase, openTestDatabase } from '../../../support/open-database.ts';

let opened: OpenedDatabase;
let database: Database;
let tenantId: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
});

beforeEach(() => {
  tenantId = uuidV7(Date.now());
});

afterAll(() => opened[Symbol.asyncDispose]());

const noon = Date.UTC(2026, 5, 3, 12);

function commit(...records: Omit<JournalRecord, 'tenantId'>[]) {
  return database.commit(aJournalGroup(records.map((record) => ({ tenantId, ...record }))));
}

/** Commits one event that says this. */
const say = (at: number, ...observations: Observation[]) => commit({ occurredAt: at, observations });

const rows = (table: string, columns: string, order = columns) =>
  database.read<Record<string, unknown>>(`select ${columns} from ${table} where tenant_id = ? order by ${order}`, [
    tenantId,
  ]);

const counters = async () =>
  Object.fromEntries((await rows('counter', 'name, value')).map(({ name, value }) => [name, value]));

const tables = [
  'device',
  'device_address',
  'observed_service',
  'dns_record',
  'tcp_record',
  'dhcp_record',
  'http_record',
  'dns_aggregate',
  'tcp_aggregate',
  'telemetry_sample',
  'backup_event',
  'packet_capture',
];

const sizes = async () => {
  const counts = tables.map(async (table) => [table, (await rows(table, 'count(*) as rows', '1'))[0]?.['rows']]);
  return Object.fromEntries(await Promise.all(counts));
};

const all = [
  a.aDevice({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.25' }),
  a.aService(),
  a.aLookup(),
  a.aConnection(),
  a.aLease(),
  a.aRequest(),
  a.aSample(),
  a.aBackup(),
  a.aPacket(),
];

const oneOfEach = Object.fromEntries(tables.map((table) => [table, 1]));

describe('what an event says of the network', () => {
  it('is stored with it, a row a table, and counted', async () => {
    await commit({ fingerprint: 'a', observations: all });

    expect(await sizes()).toEqual(oneOfEach);
    expect(await counters()).toEqual({
      alertGroups: 1,
      alerts: 1,
      backupEvents: 1,
      devices: 1,
      dhcpRecords: 1,
      dnsRecords: 1,
      events: 1,
      httpRecords: 1,
      networkAlerts: 1,
      tcpRecords: 1,
      telemetrySamples: 1,
    });
  });

  it('is stored once, however often the event is sent', async () => {
    const record = { externalId: 'x', fingerprint: 'a', observations: all };
    await commit(record, record);
    await commit({}, record);
    await Promise.all(Array.from({ length: 5 }, () => commit(record)));

    expect(await sizes()).toEqual(oneOfEach);
    expect(await rows('dns_aggregate', 'lookups')).toEqual([{ lookups: 1 }]);
    expect(await counters()).toMatchObject({ events: 2, devices: 1, tcpRecords: 1 });
  });

  it('goes with the right event where a group holds repeats and events that say nothing', async () => {
    await commit({ externalId: 'x' });
    const said = (index: number) => [a.aLookup({ query: `host-${index}.example.com` })];
    await commit(
      { externalId: 'x', observations: said(0) },
      {},
      { title: 'second', observations: said(2) },
      { externalId: 'x', observations: said(3) },
      { title: 'fourth', observations: [...said(4), ...said(5)] },
    );

    expect(
      await database.read(
        'select r.query, e.title from dns_record r join event e on e.seq = r.id / 1024 where r.tenant_id = ? order by r.id',
        [tenantId],
      ),
    ).toEqual([
      { query: 'host-2.example.com', title: 'second' },
      { query: 'host-4.example.com', title: 'fourth' },
      { query: 'host-5.example.com', title: 'fourth' },
    ]);
  });

  it('is not stored where the group is not', async () => {
    await expect(commit({ observations: all, fingerprint: 'a' }, { message: null })).rejects.toThrow(/null/i);

    expect(await sizes()).toEqual(Object.fromEntries(tables.map((table) => [table, 0])));
  });

  it('keeps large numbers, fractions and lists as they were', async () => {
    await say(noon, a.aConnection({ bytesIn: 2 ** 45, durationMs: 0.125, packetsIn: null }), a.aLookup(), a.aBackup());

    expect(await rows('tcp_record', 'bytes_in, duration_ms, packets_in, destination_port, occurred_at')).toEqual([
      { bytes_in: 2 ** 45, duration_ms: 0.125, packets_in: null, destination_port: 443, occurred_at: noon },
    ]);
    expect(await rows('dns_record', 'answers')).toEqual([{ answers: '["93.184.216.34"]' }]);
    expect(await rows('backup_event', 'size_bytes')).toEqual([{ size_bytes: 107_374_182_400 }]);
  });

  it('holds a capture only where the event raised an alert between two addresses', async () => {
    await commit({ observations: [a.aPacket()] }, { observations: [a.aPacket()], fingerprint: 'a' });

    const captures = await database.read<{ bytes: Uint8Array }>(
      'select p.bytes from packet_capture p join alert al on al.id = p.alert_id where p.tenant_id = ?',
      [tenantId],
    );
    expect(captures).toHaveLength(1);
    expect(captures[0]?.bytes).toHaveLength(24 + 16 + 42);
    expect(Buffer.from(captures[0]!.bytes).readUInt32LE(0)).toBe(0xa1b2c3d4);
  });
});

describe('a service', () => {
  it('is one row a port, from the first time to the last, whatever came first', async () => {
    await say(noon + 5, a.aService());
    await say(noon + 1, a.aService(), a.aService({ port: 80 }));
    await commit(
      { occurredAt: noon + 9, observations: [a.aService(), a.aService({ proto: 'udp' })] },
      { occurredAt: noon, observations: [a.aService()] },
    );

    expect(await rows('observed_service', 'ip, proto, port, first_seen, last_seen', 'proto, port')).toEqual([
      { ip: '10.0.0.25', proto: 'tcp', port: 80, first_seen: noon + 1, last_seen: noon + 1 },
      { ip: '10.0.0.25', proto: 'tcp', port: 443, first_seen: noon, last_seen: noon + 9 },
      { ip: '10.0.0.25', proto: 'udp', port: 443, first_seen: noon + 9, last_seen: noon + 9 },
    ]);
  });
});

describe('the sums of a quarter of an hour', () => {
  it('are those of the records, however these arrived', async () => {
    const minute = 60_000;
    const said = Array.from({ length: 60 }, (_, index) => ({
      occurredAt: noon + ((index * 7) % 60) * minute,
      observations: [
        a.aLookup({
          query: `host-${index % 4}.example.com`,
          sourceIp: index % 5 === 0 ? null : '10.0.0.25',
          responseCode: [null, 'NOERROR', 'NXDOMAIN'][index % 3]!,
        }),
        a.aConnection({ destinationPort: index % 3 === 0 ? null : 443, bytesOut: index, bytesIn: null }),
      ],
    }));
    await commit(...said.slice(0, 25));
    await Promise.all(said.slice(25).map((record) => commit(record)));

    const quarter = '(occurred_at / 900000) * 900000';
    expect(await rows('dns_aggregate', 'starts_at, source_ip, query, type, lookups, failures', '1, 2, 3')).toEqual(
      await database.read(
        `select ${quarter} as starts_at, coalesce(source_ip, '') as source_ip, query, coalesce(type, '') as type,
           count(*) as lookups, sum(case when response_code <> 'NOERROR' then 1 else 0 end) as failures
         from dns_record where tenant_id = ? group by 1, 2, 3, 4 order by 1, 2, 3`,
        [tenantId],
      ),
    );
    expect(
      await rows('tcp_aggregate', 'starts_at, destination_port, connections, bytes_out, bytes_in', '1, 2'),
    ).toEqual(
      (
        await database.read<{ bytes_out: number | string }>(
          `select ${quarter} as starts_at, coalesce(destination_port, -1) as destination_port, count(*) as connections,
             sum(bytes_out) as bytes_out, 0 as bytes_in
           from tcp_record where tenant_id = ? group by 1, 2 order by 1, 2`,
          [tenantId],
        )
      ).map((row) => ({ ...row, bytes_out: Number(row.bytes_out) })),
    );
    expect(await rows('dns_aggregate', 'count(distinct starts_at) as quarters', '1')).toEqual([{ quarters: 4 }]);
  });
});
