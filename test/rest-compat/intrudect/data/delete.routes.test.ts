import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aConnection, aLookup, aPacket } from '../../../support/observations.ts';
import { openTenant } from '../../../support/test-tenant.ts';
import { type DataApi, halfPastTen, openData } from './open-data.ts';

let api: DataApi;

beforeAll(async () => {
  api = await openData();
});

afterAll(() => api.gateway.close());

const erase = (body: unknown) => api.call('POST', '/api/v1/data/delete', body);
const span = '(span: { from: "2026-06-01T00:00:00Z", to: "2026-06-30T00:00:00Z" })';

/** What the sums of a tenant's DNS and TCP records would be if they were made of what is stored now. */
async function freshSums() {
  const { database } = api.gateway.store;
  const start = 'occurred_at - occurred_at % 900000';
  const dns = `select ${start} as starts_at, coalesce(source_ip, '') as source_ip, query, coalesce(type, '') as type,
      cast(count(*) as bigint) as lookups, cast(sum(case when response_code <> 'NOERROR' then 1 else 0 end) as bigint) as failures
    from dns_record where tenant_id = ? group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
  const tcp = `select ${start} as starts_at, source_ip, destination_ip, coalesce(destination_port, -1) as destination_port, proto,
      cast(count(*) as bigint) as connections, cast(sum(coalesce(bytes_out, 0)) as bigint) as bytes_out,
      cast(sum(coalesce(bytes_in, 0)) as bigint) as bytes_in
    from tcp_record where tenant_id = ? group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`;
  return [await database.read(dns, [api.tenant.id]), await database.read(tcp, [api.tenant.id])];
}

async function storedSums() {
  const { database } = api.gateway.store;
  const dns = `select starts_at, source_ip, query, type, lookups, failures from dns_aggregate where tenant_id = ? order by 1, 2, 3, 4`;
  const tcp = `select starts_at, source_ip, destination_ip, destination_port, proto, connections, bytes_out, bytes_in
    from tcp_aggregate where tenant_id = ? order by 1, 2, 3, 4, 5`;
  return [await database.read(dns, [api.tenant.id]), await database.read(tcp, [api.tenant.id])];
}

describe('a request that would delete by mistake', () => {
  it.each([
    [{ table: 'dns_metadata' }, 'filters: is required; {} stands for all rows'],
    [{ table: 'dns_metadata', filters: null }, 'filters: is required; {} stands for all rows'],
    [{ datasets: ['dns_metadata', 'tcp_metadata'], filters: {} }, 'table: only one dataset is deleted at a time'],
    [{ filters: {} }, 'datasets: send exactly one of datasets, tables, dataset, table'],
    [
      { table: 'dns_metadata', filters: { dns_metadata: { querry: 'x' } } },
      'filters.dns_metadata.querry: is not a filter of this dataset',
    ],
    [
      { table: 'network_alerts', filters: { dns_metadata: { query: 'x' } } },
      'filters.dns_metadata.query: dns_metadata is not among the datasets asked for',
    ],
    [{ table: 'tcp_metadata', filters: { tcp_geoip: 'DE' } }, expect.stringContaining('cannot be served')],
  ])('is refused with 400 and deletes nothing: %j', async (body, error) => {
    const counts = '{ auditLog { totalCount } flowRecords { totalCount } }';
    const before = await api.tenant.read(counts);
    expect(before.flowRecords.totalCount).toBe(12);
    for (const [method, path] of [
      ['POST', '/api/v1/data/delete'],
      ['DELETE', '/api/v1/data'],
    ] as const) {
      expect(await api.call(method, path, body)).toEqual({ status: 400, body: { error } });
    }
    expect(await api.tenant.read(counts)).toEqual(before);
  });
});

describe('a deletion', () => {
  it('of look-ups leaves sums that are those of what is left', async () => {
    await api.tenant.observe({
      occurredAt: halfPastTen + 1000,
      observations: [
        aLookup(),
        aLookup({ responseCode: 'SERVFAIL' }),
        aLookup({ query: `it's ? $1 \\ ${'x'.repeat(200)}` }),
      ],
    });
    const body = { table: 'dns_metadata', filters: { dns_metadata: { query: '%.example.com' }, agent: 'sensor-1' } };

    expect(await erase(body)).toEqual({
      status: 200,
      body: { table: 'dns_metadata', label: 'DNS log metadata', deleted_rows: 1, dns_aggregates_rebuilt: true },
    });

    expect(await storedSums()).toEqual(await freshSums());
    const { flowRecords, dnsActivity } = await api.tenant.read(
      `{ flowRecords(kind: DNS) { totalCount } dnsActivity${span} { lookups } }`,
    );
    expect([
      flowRecords.totalCount,
      dnsActivity.reduce((sum: number, { lookups }: { lookups: number }) => sum + lookups, 0),
    ]).toEqual([5, 5]);
  });

  it('of connections leaves sums that are those of what is left, and counts', async () => {
    await api.tenant.observe({
      occurredAt: halfPastTen,
      observations: [aConnection(), aConnection({ bytesOut: null })],
    });
    const body = { datasets: ['tcp_metadata'], filters: { to: '2026-06-03 11:00', tcp_dport: '443' } };

    expect(await api.call('DELETE', '/api/v1/data', body)).toEqual({
      status: 200,
      body: { table: 'tcp_metadata', label: 'TCP/netflow metadata', deleted_rows: 3, tcp_aggregates_rebuilt: true },
    });

    expect(await storedSums()).toEqual(await freshSums());
    expect((await api.tenant.read('{ flowRecords(kind: TCP) { totalCount nodes { id } } }')).flowRecords).toMatchObject(
      {
        totalCount: 2,
        nodes: [{}, {}],
      },
    );
  });

  it.each([
    ['dhcp_metadata', 'DHCP metadata', { ip: '10.0.0.25' }, 1],
    ['http_metadata', 'HTTP metadata', { uri: '%nowhere%' }, 0],
    ['syslog_alerts', 'server/syslog alerts', { line: 'root on tty' }, 1],
  ])(
    'of %s is answered with what it is called and how many rows are gone',
    async (table, label, filters, deleted_rows) => {
      expect(await erase({ table, filters: { [table]: filters } })).toEqual({
        status: 200,
        body: { table, label, deleted_rows },
      });
    },
  );

  it('of network alerts takes their packets along, corrects their groups, and leaves what is not meant', async () => {
    await api.tenant.observe(
      { occurredAt: halfPastTen, fingerprint: 'one', severity: 4, observations: [aPacket()] },
      { occurredAt: halfPastTen + 86_400_000, fingerprint: 'one', severity: 2, observations: [aPacket()] },
    );
    const read =
      '{ alerts { totalCount nodes { id title } } alertGroups { totalCount nodes { title count severity } } }';
    const captures = () =>
      api.gateway.store.database.read('select alert_id from packet_capture where tenant_id = ?', [api.tenant.id]);
    expect(await captures()).toHaveLength(2);

    const body = { table: 'network_alerts', filters: { to: '2026-06-03', network_alerts: { destination_port: '22' } } };
    expect(await erase(body)).toEqual({
      status: 200,
      body: { table: 'network_alerts', label: 'network alerts', deleted_rows: 2, network_pcaps_deleted: true },
    });

    const { alerts, alertGroups } = await api.tenant.read(read);
    expect(alerts.totalCount).toBe(alerts.nodes.length);
    expect(alertGroups.totalCount).toBe(alertGroups.nodes.length);
    expect(alerts.nodes.map(({ title }: { title: string }) => title)).not.toContain('Brute force');
    expect(alertGroups.nodes).toContainEqual({ title: 'A title', count: 1, severity: 'LOW' });
    expect(await captures()).toHaveLength(1);
  });

  it('of more rows than one transaction takes is whole, and two entries of the audit log: what was asked for, and what came of it', async () => {
    const observations = Array.from({ length: 1000 }, (_, index) => aLookup({ query: `many-${index % 7}.test` }));
    const bulk = Array.from({ length: 5 }, (_, index) => ({
      occurredAt: halfPastTen + index,
      agent: 'bulk',
      observations,
    }));
    await api.tenant.observe(...bulk);
    const token = await api.tokenWith('DATA_WRITE');

    const { body } = await api.call(
      'POST',
      '/api/v1/data/delete',
      { table: 'dns_metadata', filters: { agent: 'bulk', dns_query: 'many-%' } },
      token,
    );

    expect(body.deleted_rows).toBe(5000);
    expect(await storedSums()).toEqual(await freshSums());
    const { nodes } = (
      await api.tenant.read('{ auditLog(first: 2) { nodes { id at action subject details userId credentialId } } }')
    ).auditLog;
    const common = {
      id: expect.any(String),
      at: '2026-06-03T08:30:00.000Z',
      subject: 'DNS',
      userId: null,
      credentialId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    };
    const filter = { occurredAt: { from: null, to: null }, agent: ['bulk'], query: ['many-%'] };
    const result = { deletedRows: 5000, deletedCaptures: 0, correctedSums: expect.any(Number), begunBy: nodes[1].id };
    expect(nodes).toEqual([
      { ...common, action: 'DELETE_DATA_SET_FINISHED', details: result },
      { ...common, action: 'DELETE_DATA_SET', details: { filter } },
    ]);
  });

  it('of one alert is an entry of the audit log, of one that is not there is none', async () => {
    const { 'networkalerts.csv': [alert] = [] } = await api.exported({ table: 'network_alerts' });
    const remove = () => api.call('DELETE', `/api/v1/networkalerts/${alert?.['id']}`);
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 404]);
    const { nodes } = (await api.tenant.read('{ auditLog(first: 2) { nodes { action subject details } } }')).auditLog;
    expect(nodes).toEqual([
      { action: 'DELETE_ALERT', subject: alert?.['id'], details: { kind: 'NETWORK', title: alert?.['subject'] } },
      expect.objectContaining({ action: 'DELETE_DATA_SET_FINISHED' }),
    ]);
  });

  it('leaves the rows of other tenants', async () => {
    const neighbour = await openTenant(api.gateway, 'Neighbour');
    await neighbour.observe({
      occurredAt: halfPastTen,
      fingerprint: 'x',
      observations: [aLookup(), aConnection(), aPacket()],
    });
    const before = '{ flowRecords { totalCount } alerts { totalCount } auditLog { totalCount } }';
    const had = await neighbour.read(before);

    for (const table of ['dns_metadata', 'tcp_metadata', 'network_alerts']) {
      expect((await erase({ table, filters: {} })).status).toBe(200);
    }

    expect(await neighbour.read(before)).toEqual(had);
    expect(had).toMatchObject({
      flowRecords: { totalCount: 2 },
      alerts: { totalCount: 1 },
      auditLog: { totalCount: 0 },
    });
    const rest = await api.exported({ tables: ['dns_metadata', 'tcp_metadata', 'network_alerts'] });
    expect(Object.values(rest)).toEqual([[], [], []]);
    expect(await storedSums()).toEqual([[], []]);
  });
});

describe('GraphQL', () => {
  it.each([
    ['{ dataSetRows(dataSet: DNS, first: 1001) { rows } }', 'first: must be from 1 to 1000'],
    ['{ dataSetRows(dataSet: DNS, after: "tcp:1:1:1") { rows } }', 'after: is not a cursor of this data set'],
    ['{ dataSetRows(dataSet: DNS, filter: { uri: ["x"] }) { rows } }', 'uri: is no condition on DNS'],
    [
      '{ dataSetRows(dataSet: SERVER_ALERTS, filter: { search: "x" }) { rows } }',
      'search: is no condition on SERVER alerts',
    ],
  ])('refuses %s', async (document, message) => {
    expect((await api.tenant.graphql(document)).errors).toMatchObject([
      { message, extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('reads page by page what was stored when the first page was read', async () => {
    await api.tenant.observe(...[1, 2, 3].map((second) => ({ occurredAt: second * 1000, observations: [aLookup()] })));
    const document = `query ($after: String) {
      dataSetRows(dataSet: DNS, first: 1, filter: { occurredAt: { to: "1970-01-02T00:00:00Z" } }, after: $after) { columns rows endCursor }
    }`;
    const seen: unknown[] = [];
    for (let after: string | null = null; ; ) {
      const { dataSetRows } = await api.tenant.read(document, { after });
      seen.push(...dataSetRows.rows.map((row: unknown[]) => row[dataSetRows.columns.indexOf('@timestamp')]));
      after = dataSetRows.endCursor;
      if (after === null) break;
      await api.tenant.observe({ occurredAt: 5000, observations: [aLookup()] });
    }
    expect(seen).toEqual([1, 2, 3].map((second) => `1970-01-01T00:00:0${second}.000Z`));
  });
});
