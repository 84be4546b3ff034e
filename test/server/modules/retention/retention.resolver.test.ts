import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readCidrs } from '../../../../server/cidr.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aNetworkAlert, aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';
import { dropSockets, GraphqlSocket } from '../../../support/graphql-socket.ts';
import { laterThanAnyId } from '../../../support/id-clock.ts';
import * as seen from '../../../support/observations.ts';
import { openReceiver, type Receiver } from '../../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, openTenants, type TestTenant } from '../../../support/test-tenant.ts';
import { VirtualClock } from '../../../support/virtual-clock.ts';

const dayMs = 86_400_000;
let gateway: TestGateway;
let receiver: Receiver;
const clock = new VirtualClock(laterThanAnyId(Date.now()));

beforeAll(async () => {
  receiver = await openReceiver(({ path }) => ({ status: path.endsWith('/broken') ? 500 : 200 }));
  gateway = await startTestGateway({
    config: { sinkAllowCidrs: readCidrs('127.0.0.0/8') },
    now: clock.now,
    every: clock.every,
  });
});

afterEach(dropSockets);

afterAll(async () => {
  await gateway.close();
  await receiver[Symbol.asyncDispose]();
});

/** Where each data set is, with the exact count that must always be its. */
const tables = {
  NETWORK_ALERTS: ['alert', "kind = 'NETWORK'", 'networkAlerts'],
  SERVER_ALERTS: ['alert', "kind = 'SERVER'", 'serverAlerts'],
  DNS: ['dns_record', 'true', 'dnsRecords'],
  TCP: ['tcp_record', 'true', 'tcpRecords'],
  DHCP: ['dhcp_record', 'true', 'dhcpRecords'],
  HTTP: ['http_record', 'true', 'httpRecords'],
  TELEMETRY: ['telemetry_sample', 'true', 'telemetrySamples'],
  BACKUPS: ['backup_event', 'true', 'backupEvents'],
  EVENTS: ['event', 'true', 'events'],
  REJECTED_EVENTS: ['rejected_event', 'true', 'rejectedEvents'],
  PACKET_CAPTURES: ['packet_capture', 'true', null],
  DELIVERIES: ['delivery', 'true', 'deliveries'],
} as const;
type DataSet = keyof typeof tables;
const dataSets = Object.keys(tables) as DataSet[];

interface Rule {
  readonly keepDays?: number | null;
  readonly keepBytes?: number | null;
}

const sql = async (text: string, ...params: (string | number)[]) => {
  const rows = await gateway.store.database.read<{ value: number }>(text, params);
  return rows[0]?.value ?? 0;
};
const stored = (tenant: TestTenant, dataSet: DataSet) => {
  const [table, condition] = tables[dataSet];
  return sql(`select count(*) as value from ${table} where tenant_id = ? and ${condition}`, tenant.id);
};
const fields = 'dataSet keepDays keepBytes isDefault rows sizeBytes oldestAt bitesAt bitesBy';
const setRule = async (tenant: TestTenant, dataSet: DataSet, rule: Rule) =>
  (
    await tenant.read(`mutation ($input: RetentionInput!) { updateRetention(input: $input) { ${fields} } }`, {
      input: { dataSet, ...rule },
    })
  ).updateRetention;
const preview = async (tenant: TestTenant, dataSet: DataSet, rule: Rule) =>
  (
    await tenant.read('query ($input: RetentionInput!) { retentionPreview(input: $input) { rows firstAt lastAt } }', {
      input: { dataSet, ...rule },
    })
  ).retentionPreview;
const describeAll = async (tenant: TestTenant, more = '') => {
  const { retention } = await tenant.read(`{ retention { ${fields} ${more} } }`);
  return new Map<DataSet, Record<string, number | string | null>>(
    retention.map((row: { dataSet: DataSet }) => [row.dataSet, row]),
  );
};
/** Ends with a run that began after this was called. */
const run = () => clock.sleep(3_600_000);
const told = async (tenant: TestTenant) => {
  const { auditLog } = await tenant.read(
    '{ auditLog(first: 50, filter: { action: [APPLY_RETENTION] }) { nodes { subject credentialId details } } }',
  );
  return auditLog.nodes;
};

/** Everything that can be kept: two alerts, records of all kinds, a rejected event, and what a sink was told. */
async function furnish(tenant: TestTenant, mark: string): Promise<void> {
  // Events stored behind the server's back get their ids from the same row, which never goes back.
  uuidV7(clock.nowMs);
  const occurredAt = clock.nowMs;
  await tenant.observe(
    {
      occurredAt,
      receivedAt: occurredAt,
      title: `Seen ${mark}`,
      observations: [
        seen.aLookup(),
        seen.aLookup({ query: `${mark}.example` }),
        seen.aConnection(),
        seen.aLease(),
        seen.aRequest(),
        seen.aSample(),
        seen.aBackup(),
      ],
    },
    { occurredAt, receivedAt: occurredAt, fingerprint: `captured ${mark}`, observations: [seen.aPacket()] },
  );
  // The server hears only of what comes through its own doors: it routes the alert above with these.
  const timestamp = new Date(clock.nowMs).toISOString();
  await tenant.ingest(aWazuhAlert({ timestamp, rule: { id: `server ${mark}`, level: 3 } }));
  await tenant.ingest(aWazuhAlert({ timestamp, rule: { id: 'server', level: 12 } }));
  await tenant.ingest(aNetworkAlert({ timestamp, rule: { id: mark, level: 12 } }));
  await gateway.ingestWazuh({ broken: mark }, tenant.id);
}

const sumsOf = async (tenant: TestTenant) => ({
  dns: await sql('select cast(sum(lookups) as bigint) as value from dns_aggregate where tenant_id = ?', tenant.id),
  tcp: await sql('select cast(sum(connections) as bigint) as value from tcp_aggregate where tenant_id = ?', tenant.id),
});

describe('a rule by age', () => {
  it('deletes of every data set what is older, of its tenant alone, and all counts and sums stay true', async () => {
    const [home, neighbour] = (await openTenants(gateway, 'Home', 'Neighbour')) as [TestTenant, TestTenant];
    for (const tenant of [home, neighbour]) {
      await tenant.read('mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }', {
        input: { name: 'Hook', webhook: { url: `${receiver.url}/hook` } },
      });
      await furnish(tenant, 'old');
    }
    const delivered = (expected: number) =>
      vi.waitFor(async () => {
        const all = "select count(*) as value from delivery where tenant_id in (?, ?) and status = 'DELIVERED'";
        expect(await sql(all, home.id, neighbour.id)).toBe(expected);
      });
    await delivered(4);
    await clock.sleep(20 * dayMs);
    for (const tenant of [home, neighbour]) await furnish(tenant, 'new');
    await delivered(6);
    await clock.sleep(dayMs);
    const before = await describeAll(home);
    const bound = new Date(clock.nowMs - 10 * dayMs);
    for (const dataSet of dataSets) {
      const [row, due] = [before.get(dataSet), await preview(home, dataSet, { keepDays: 10 })];
      const all = await stored(home, dataSet);
      expect([dataSet, row?.['rows'], row?.['sizeBytes']]).toEqual([dataSet, all, expect.any(Number)]);
      expect(Number(row?.['sizeBytes'])).toBeGreaterThan(0);
      expect([dataSet, row?.['keepDays'], row?.['isDefault']]).toEqual([
        dataSet,
        dataSet === 'REJECTED_EVENTS' ? 90 : dataSet === 'DELIVERIES' ? 180 : null,
        true,
      ]);
      // Events of alerts go after them.
      const expected = { EVENTS: 2, DELIVERIES: 2 }[dataSet as string] ?? all / 2;
      expect([dataSet, due]).toEqual([
        dataSet,
        { rows: expected, firstAt: row?.['oldestAt'], lastAt: expect.any(String) },
      ]);
      expect(new Date(due.lastAt).getTime()).toBeLessThan(bound.getTime());
    }
    const untouched = await describeAll(neighbour);

    for (const dataSet of dataSets) await setRule(home, dataSet, { keepDays: 10 });
    await run();

    const after = await describeAll(home, 'due { rows firstAt lastAt }');
    const others = await describeAll(neighbour);
    for (const dataSet of dataSets) {
      const [, , counter] = tables[dataSet];
      const rows = await stored(home, dataSet);
      expect([dataSet, after.get(dataSet)?.['rows'], after.get(dataSet)?.['due']]).toEqual([
        dataSet,
        rows,
        { rows: 0, firstAt: null, lastAt: null },
      ]);
      expect([dataSet, rows]).toEqual([dataSet, Number(before.get(dataSet)?.['rows']) / 2]);
      if (counter !== null) {
        const count = 'select value from counter where tenant_id = ? and name = ?';
        expect([dataSet, await sql(count, home.id, counter)]).toEqual([dataSet, rows]);
      }
      expect(after.get(dataSet)).toMatchObject({ keepDays: 10, isDefault: false, bitesBy: 'AGE' });
      expect(new Date(String(after.get(dataSet)?.['oldestAt'])).getTime()).toBeGreaterThan(bound.getTime());
      expect(others.get(dataSet)?.['rows']).toBe(untouched.get(dataSet)?.['rows']);
    }
    expect(await sumsOf(home)).toEqual({ dns: 2, tcp: 1 });
    expect(await sumsOf(neighbour)).toEqual({ dns: 4, tcp: 2 });
    const { alertGroups, alerts } = await home.read(
      '{ alertGroups { totalCount nodes { count alerts { nodes { id } } } } alerts { totalCount } }',
    );
    expect(alertGroups.totalCount).toBe(alertGroups.nodes.length);
    expect(alerts.totalCount).toBe(3);
    for (const { count, alerts: members } of alertGroups.nodes) expect(count).toBe(members.nodes.length);
    const orphans = `select count(*) as value from delivery_attempt a
      where a.tenant_id = ? and not exists (select 1 from delivery d where d.id = a.delivery_id)`;
    expect(await sql(orphans, home.id)).toBe(0);
  });

  it('is told of in the audit log: once a run that deleted something, and who set it', async () => {
    const tenant = await openTenant(gateway, 'Told');
    await furnish(tenant, 'old');
    await clock.sleep(3 * dayMs);
    expect(await told(tenant)).toEqual([]);
    await setRule(tenant, 'HTTP', { keepDays: 1 });
    await setRule(tenant, 'NETWORK_ALERTS', { keepDays: 2 });
    await run();
    await run();
    const all = (await told(tenant)).flatMap(({ details }: { details: object }) => Object.entries(details));
    const nothing = { deletedCaptures: 0, correctedSums: 0, keepBytes: null };
    expect(all).toHaveLength(2);
    expect(Object.fromEntries(all)).toEqual({
      HTTP: { ...nothing, deletedRows: 1, keepDays: 1 },
      NETWORK_ALERTS: { ...nothing, deletedRows: 2, deletedCaptures: 1, keepDays: 2 },
    });
    expect((await told(tenant))[0]).toMatchObject({ subject: 'retention', credentialId: 'retention' });
    const { auditLog } = await tenant.read(
      '{ auditLog(first: 1, filter: { action: [UPDATE_RETENTION] }) { nodes { subject details } } }',
    );
    expect(auditLog.nodes).toEqual([
      {
        subject: 'NETWORK_ALERTS',
        details: { keepDays: 2, keepBytes: null, before: { keepDays: null, keepBytes: null } },
      },
    ]);
  });

  it('counts what came late from when it came', async () => {
    const tenant = await openTenant(gateway, 'Late');
    await tenant.observe({ occurredAt: clock.nowMs - 300 * dayMs, observations: [seen.aRequest()] });
    await setRule(tenant, 'HTTP', { keepDays: 30 });
    await run();
    expect(await stored(tenant, 'HTTP')).toBe(1);
    await clock.sleep(29 * dayMs);
    expect(await stored(tenant, 'HTTP')).toBe(1);
    await clock.sleep(2 * dayMs);
    expect(await stored(tenant, 'HTTP')).toBe(0);
  });

  it('holds for rejected events though nobody has set it', async () => {
    const tenant = await openTenant(gateway, 'Default rule');
    await gateway.ingestWazuh({ broken: 'x' }, tenant.id);
    await clock.sleep(89 * dayMs);
    expect(await stored(tenant, 'REJECTED_EVENTS')).toBe(1);
    await clock.sleep(2 * dayMs);
    expect(await stored(tenant, 'REJECTED_EVENTS')).toBe(0);
    await gateway.ingestWazuh({ broken: 'x' }, tenant.id);
    expect(await setRule(tenant, 'REJECTED_EVENTS', {})).toMatchObject({ keepDays: null, isDefault: false });
    await clock.sleep(400 * dayMs);
    expect(await stored(tenant, 'REJECTED_EVENTS')).toBe(1);
  });
});

describe('a rule by size', () => {
  it('deletes the oldest until the rest fits, exactly what the preview said', async () => {
    const tenant = await openTenant(gateway, 'Full');
    const start = clock.nowMs - 1000;
    for (let at = 0; at < 5; at++) {
      const observations = Array.from({ length: 100 }, () => seen.aRequest());
      await tenant.observe({ occurredAt: start + at, observations });
    }
    const { sizeBytes, rows } = (await describeAll(tenant)).get('HTTP') as { sizeBytes: number; rows: number };
    expect([rows, sizeBytes > 500 * 150 && sizeBytes < 500 * 400]).toEqual([500, true]);
    const keepBytes = Math.round(sizeBytes * 0.3);
    const due = await preview(tenant, 'HTTP', { keepBytes });
    expect(due).toEqual({
      rows: 350,
      firstAt: new Date(start).toISOString(),
      lastAt: new Date(start + 3).toISOString(),
    });
    await setRule(tenant, 'HTTP', { keepBytes });
    await run();
    const left = (await describeAll(tenant)).get('HTTP');
    expect(left).toMatchObject({ rows: 150, bitesBy: 'SIZE', oldestAt: due.lastAt });
    expect(left?.['sizeBytes']).toBeLessThanOrEqual(keepBytes);
    expect(await told(tenant)).toMatchObject([{ details: { HTTP: { deletedRows: 350, keepBytes } } }]);
    const { dataSetCount } = await tenant.read('{ dataSetCount(dataSet: HTTP) { rows firstAt lastAt } }');
    expect(dataSetCount).toEqual({
      rows: 150,
      firstAt: due.lastAt,
      lastAt: new Date(start + 4).toISOString(),
    });
  });

  it('leaves what is still to be told', async () => {
    const tenant = await openTenant(gateway, 'Queued');
    await tenant.read('mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }', {
      input: { name: 'Hook', webhook: { url: `${receiver.url}/broken` } },
    });
    await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    await vi.waitFor(async () => expect(await stored(tenant, 'DELIVERIES')).toBe(1));
    expect(await preview(tenant, 'DELIVERIES', { keepBytes: 1 })).toMatchObject({ rows: 0 });
    await setRule(tenant, 'DELIVERIES', { keepBytes: 1 });
    await run();
    expect(await stored(tenant, 'DELIVERIES')).toBe(1);
  });
});

describe('an event', () => {
  it('that goes is found no more; that of an alert stays until the alert has gone', async () => {
    const tenant = await openTenant(gateway, 'Events');
    const find = async () => {
      const { events } = await tenant.read('{ events(filter: { search: "zebra" }) { nodes { isAlert } } }');
      return events.nodes.map(({ isAlert }: { isAlert: boolean }) => isAlert);
    };
    const line = (level: number) => aWazuhAlert({ rule: { level, description: 'zebra crossing' } });
    await tenant.ingest([line(3), line(12)]);
    await clock.sleep(2 * dayMs);
    await tenant.ingest(line(2));
    expect(await find()).toEqual([false, true, false]);
    await setRule(tenant, 'EVENTS', { keepDays: 1 });
    await run();
    expect(await find()).toEqual([false, true]);
    await setRule(tenant, 'SERVER_ALERTS', { keepDays: 1 });
    await run();
    expect(await find()).toEqual([false]);
    await tenant.ingest(line(3));
    expect(await find()).toEqual([false, false]);
  });
});

describe('a cursor from before what was deleted', () => {
  const cursorOf = async (tenant: TestTenant): Promise<string> => (await tenant.read('{ feedCursor }')).feedCursor;
  const gap = 'gap { after missed isExpired }';
  const resume = async (tenant: TestTenant, document: string, after: string) => {
    const socket = await GraphqlSocket.connect(gateway.url, tenant.token);
    socket.subscribe('resumed', document, { after });
    return async () => {
      const { payload } = await socket.next();
      expect(payload.errors).toBeUndefined();
      return payload.data.step;
    };
  };

  it('is answered with a gap, and then with what is left', async () => {
    const tenant = await openTenant(gateway, 'Away');
    const old = await cursorOf(tenant);
    await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    await run();
    await clock.sleep(dayMs);
    await clock.sleep(31 * dayMs);
    const kept = await cursorOf(tenant);
    const [id] = await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    const alerts = `subscription ($after: String) { step: alertRaised(after: $after) { cursor alert { event { id } } ${gap} } }`;
    const next = await resume(tenant, alerts, old);
    const notice = await next();
    expect(notice).toEqual({
      cursor: expect.any(String),
      alert: null,
      gap: { after: old.split(':')[0], missed: 0, isExpired: true },
    });
    expect(await next()).toMatchObject({ alert: { event: { id } }, gap: null });
    for (const after of [kept, notice.cursor]) {
      expect(await (await resume(tenant, alerts, after))()).toMatchObject({ alert: { event: { id } }, gap: null });
    }
    const groups = `subscription ($after: String) { step: alertGroupChanged(after: $after) { group { count } ${gap} } }`;
    expect(await (await resume(tenant, groups, old))()).toMatchObject({ group: null, gap: { isExpired: true } });
  });

  it('of events is answered so by the tenant whose rule deleted some', async () => {
    const [tenant, neighbour] = (await openTenants(gateway, 'Away too', 'Beside')) as [TestTenant, TestTenant];
    const old = await cursorOf(tenant);
    const record = () => aWazuhAlert({ rule: { level: 2 } });
    for (const each of [tenant, neighbour]) await each.ingest([record(), record()]);
    await clock.sleep(3 * dayMs);
    await setRule(tenant, 'EVENTS', { keepDays: 1 });
    await run();
    const [id] = await tenant.ingest(record());
    const events = `subscription ($after: String) { step: eventIngested(after: $after) { cursor event { id } ${gap} } }`;
    const next = await resume(tenant, events, old);
    expect(await next()).toMatchObject({ event: null, gap: { after: `:${old.split(':')[1]}`, isExpired: true } });
    expect(await next()).toMatchObject({ event: { id }, gap: null });
    expect(await (await resume(neighbour, events, old))()).toMatchObject({ event: {}, gap: null });
  });
});

describe('a run', () => {
  it('is not begun while another process has one; what that has left undone and untold is made up for after it', async () => {
    const tenant = await openTenant(gateway, 'Taken over');
    const write = (text: string, ...params: (string | number)[]) =>
      gateway.store.database.em().execute(text, params, 'run');
    await tenant.observe({ occurredAt: clock.nowMs, observations: [seen.aRequest()] });
    await clock.sleep(3 * dayMs);
    await write("update retention_worker set worker = 'another', lease_until = ?", clock.nowMs + 2 * 3_600_000);
    await write("insert into retention_run values (?, 'HTTP', 4, 0, 0)", tenant.id);
    await setRule(tenant, 'HTTP', { keepDays: 1 });
    await run();
    expect([await stored(tenant, 'HTTP'), await told(tenant)]).toEqual([1, []]);
    await run();
    await run();
    expect(await stored(tenant, 'HTTP')).toBe(0);
    expect(await told(tenant)).toMatchObject([{ details: { HTTP: { deletedRows: 5 } } }]);
  });

  it('forgets bulk changes that have ended, and what groups that are gone have left', async () => {
    const tenant = await openTenant(gateway, 'Remains');
    await tenant.ingest(aWazuhAlert({ rule: { level: 12 } }));
    await tenant.read('mutation { updateAlertGroups(filter: {}, change: { note: "Seen" }) { id } }');
    const rows = async (table: string) => sql(`select count(*) as value from ${table} where tenant_id = ?`, tenant.id);
    const remains = () => Promise.all(['alert_group_entry', 'bulk_change', 'bulk_change_item'].map(rows));
    await vi.waitFor(async () => expect(await remains()).toEqual([1, 1, 1]));
    await setRule(tenant, 'SERVER_ALERTS', { keepDays: 20 });
    await clock.sleep(29 * dayMs);
    await clock.sleep(dayMs);
    await clock.sleep(2 * dayMs);
    expect(await remains()).toEqual([0, 0, 0]);
  });
});

describe('a rule that cannot be', () => {
  it.each([
    [{ keepDays: 0 }, 'keepDays: must be from 1 to 36500'],
    [{ keepDays: 36_501 }, 'keepDays: must be from 1 to 36500'],
    [{ keepBytes: 0 }, 'keepBytes: must be from 1 to 1125899906842624'],
  ])('is refused: %j', async (rule, message) => {
    const input = { input: { dataSet: 'DNS', ...rule } };
    for (const document of [
      'mutation ($input: RetentionInput!) { updateRetention(input: $input) { rows } }',
      'query ($input: RetentionInput!) { retentionPreview(input: $input) { rows } }',
    ]) {
      const { errors } = await gateway.graphql(document, input);
      expect(errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
    }
  });
});

describe('dataSetCount', () => {
  it('counts the rows that meet the conditions', async () => {
    const tenant = await openTenant(gateway, 'Counted');
    const occurredAt = Date.UTC(2026, 5, 3);
    await tenant.observe({ occurredAt, observations: [seen.aLookup(), seen.aLookup({ query: 'b.example' })] });
    await tenant.ingest([aNetworkAlert({ rule: { level: 12 } }), aWazuhAlert(aSyslogRecord())]);
    const count = async (dataSet: string, filter: object | null) =>
      (
        await tenant.read(
          'query ($dataSet: DataSet!, $filter: DataSetFilter) { dataSetCount(dataSet: $dataSet, filter: $filter) { rows firstAt } }',
          { dataSet, filter },
        )
      ).dataSetCount;
    const firstAt = new Date(occurredAt).toISOString();
    expect(await count('DNS', null)).toEqual({ rows: 2, firstAt });
    expect(await count('DNS', { query: ['b.%'] })).toEqual({ rows: 1, firstAt });
    expect(await count('DNS', { occurredAt: { to: firstAt } })).toEqual({ rows: 0, firstAt: null });
    expect(await count('NETWORK_ALERTS', { destination: ['192.168.%'] })).toMatchObject({ rows: 1 });
    expect(await count('SERVER_ALERTS', { line: 'Accepted' })).toMatchObject({ rows: 1 });
  });
});
