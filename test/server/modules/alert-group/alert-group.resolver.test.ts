import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { alertGroupSchema } from '../../../../server/modules/alert-group/alert-group.entity.ts';
import { aNetworkAlert, aSyslogRecord, aWazuhAlert } from '../../../support/builders.ts';
import { aDevice } from '../../../support/observations.ts';
import { readPages } from '../../../support/pages.ts';
import { startTestGateway, type TestGateway } from '../../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../../support/test-tenant.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const fields = 'id tenantId fingerprint kind severity type title status count firstSeen lastSeen';
const groupsOf = async (tenant: TestTenant) =>
  (await tenant.read(`{ alertGroups { totalCount nodes { ${fields} } } }`)).alertGroups;
const second = (value: number) => new Date(Date.UTC(2026, 10, 21, 6, 0, value)).toISOString();

describe('alerts of one fingerprint', () => {
  it('are one group with an exact count, however many senders post them at once', async () => {
    const tenant = await openTenant(gateway, 'Concurrent');
    const like = (level: number, at: number) => aWazuhAlert({ rule: { level }, timestamp: second(at) });
    const singles = Array.from({ length: 64 }, (_, index) => like(index === 40 ? 13 : 5, 100 + index));
    const batches = Array.from({ length: 4 }, (_, batch) =>
      Array.from({ length: 50 }, (_, index) =>
        like(7, batch === 2 && index === 7 ? 3 : batch === 1 && index === 9 ? 900 : 50),
      ),
    );
    const [event] = (await Promise.all([...singles, ...batches].map((body) => tenant.ingest(body)))).flat();
    expect(await groupsOf(tenant)).toEqual({
      totalCount: 1,
      nodes: [
        {
          id: expect.any(String),
          tenantId: tenant.id,
          fingerprint: 'WAZUH rule 5710 | 003',
          kind: 'SERVER',
          severity: 'HIGH',
          type: 'sshd',
          title: 'sshd: Attempt to login using a non-existent user',
          status: 'NEW',
          count: 264,
          firstSeen: second(3),
          lastSeen: second(900),
        },
      ],
    });
    expect(await tenant.read('{ alerts { totalCount } about { alertCount eventCount } }')).toEqual({
      alerts: { totalCount: 264 },
      about: { alertCount: 264, eventCount: 264 },
    });
    expect(event).toBeDefined();
    const ids = await readPages(tenant, { field: 'alerts', first: 200 });
    expect(new Set(ids).size).toBe(264);
  });

  it('do not raise the count when one is sent again', async () => {
    const tenant = await openTenant(gateway, 'Resent');
    const record = aWazuhAlert({ id: '1763707861.77' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => tenant.ingest(record)));
    expect(new Set(answers.flat()).size).toBe(1);
    expect(await groupsOf(tenant)).toMatchObject({ totalCount: 1, nodes: [{ count: 1 }] });
    expect((await tenant.ingest([record, aWazuhAlert({ id: '1763707861.78' }), record]))[0]).toBe(answers[0]?.[0]);
    expect(await groupsOf(tenant)).toMatchObject({ totalCount: 1, nodes: [{ count: 2 }] });
    expect((await tenant.read('{ alerts { totalCount nodes { id } } }')).alerts).toMatchObject({ totalCount: 2 });
  });

  it('are the alerts that name it as theirs', async () => {
    const tenant = await openTenant(gateway, 'In pages');
    await tenant.ingest(Array.from({ length: 30 }, (_, index) => aWazuhAlert({ rule: { id: String(index % 3) } })));
    const { nodes } = (await tenant.read('{ alerts(first: 200) { nodes { group { id count } } } }')).alerts;
    const counted = new Map<string, number>();
    for (const { group } of nodes) counted.set(group.id, (counted.get(group.id) ?? 0) + 1);
    expect([...counted.values()]).toEqual([10, 10, 10]);
    const groups = (await groupsOf(tenant)).nodes.map(({ id, count }: { id: string; count: number }) => [id, count]);
    expect(new Map(groups)).toEqual(counted);
  });
});

describe('alerts that differ', () => {
  it.each([
    ['rule', [aWazuhAlert(), aWazuhAlert({ rule: { id: '5711' } })]],
    ['agent', [aWazuhAlert(), aWazuhAlert({ agent: { id: '004', name: 'edge-02' } })]],
    ['source', [aNetworkAlert(), aNetworkAlert({ data: { srcip: '203.0.113.11' } })]],
    ['destination', [aNetworkAlert(), aNetworkAlert({ data: { dstip: '192.168.1.21' } })]],
  ])('in their %s are two groups', async (what, records) => {
    const tenant = await openTenant(gateway, `Different ${what}`);
    await tenant.ingest([...records, ...records]);
    expect(await groupsOf(tenant)).toMatchObject({ totalCount: 2, nodes: [{ count: 2 }, { count: 2 }] });
  });

  it('only in the numbers of a message without a rule are one group', async () => {
    const tenant = await openTenant(gateway, 'Numbers');
    const events = [1, 22, 333].map((pid) => aSyslogRecord({ full_log: `sshd[${pid}]: Failed password\nfor root` }));
    const document = 'mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { indexed } }';
    await tenant.read(document, { input: { format: 'SYSLOG_RECORD', events } });
    expect(await groupsOf(tenant)).toMatchObject({
      totalCount: 1,
      nodes: [{ count: 3, title: 'sshd[1]: Failed password', severity: 'MEDIUM', type: 'sshd' }],
    });
  });
});

describe('alertGroups', () => {
  const changes: Readonly<Record<string, object>> = {
    ssh: { rule: { id: '1', level: 5, groups: ['sshd'] } },
    web: { rule: { id: '2', level: 12, groups: ['web'] } },
    ids: { rule: { id: '3', level: 15, groups: ['ids'] }, data: { srcip: '10.0.0.1', dstip: '10.0.0.2' } },
    // The first shows again, and so is the latest active.
    again: { rule: { id: '1', level: 4, groups: ['sshd'] } },
  };
  let tenant: TestTenant;

  beforeAll(async () => {
    tenant = await openTenant(gateway, 'Groups');
    for (const change of Object.values(changes)) await tenant.ingest(aWazuhAlert(change as Record<string, unknown>));
    const em = tenant.gateway.store.database.em();
    await em.nativeUpdate(alertGroupSchema, { tenantId: tenant.id, type: 'web' }, { status: 'IN_PROGRESS' });
  });

  const queried = async (filter: object | null, orderBy?: object) => {
    const document = `query ($filter: AlertGroupFilter, $orderBy: AlertGroupOrder) {
      alertGroups(filter: $filter, orderBy: $orderBy) { nodes { type } totalCount } }`;
    const { alertGroups } = await tenant.read(document, { filter, orderBy });
    expect(alertGroups.totalCount).toBe(alertGroups.nodes.length);
    return alertGroups.nodes.map(({ type }: { type: string }) => type);
  };
  const all = ['sshd', 'ids', 'web'];

  it('come latest active first, or last', async () => {
    expect(await queried(null)).toEqual(all);
    expect(await queried(null, { field: 'LAST_ALERT' })).toEqual(all);
    expect(await queried(null, { field: 'LAST_ALERT', direction: 'ASC' })).toEqual(all.toReversed());
  });

  it.each([
    [{}, all],
    [{ severity: ['LOW'] }, ['sshd']],
    [{ severity: ['CRITICAL', 'HIGH'] }, ['ids', 'web']],
    [{ kind: ['NETWORK'] }, ['ids']],
    [{ kind: ['NETWORK', 'SERVER'] }, all],
    [{ status: ['NEW'] }, ['sshd', 'ids']],
    [{ status: ['IN_PROGRESS', 'ARCHIVED'] }, ['web']],
    [{ type: ['web', 'sshd'] }, ['sshd', 'web']],
    [{ type: ['\u0000'] }, []],
    [{ severity: ['CRITICAL'], kind: ['SERVER'] }, []],
    [{ severity: [], kind: [], status: [], type: [] }, all],
    [{ severity: null, kind: null, status: null, type: null }, all],
  ])('with the filter %j are just those that are meant', async (filter, found) => {
    expect(await queried(filter)).toEqual(found);
  });

  it('of a state are found by the alerts in them too', async () => {
    const { alerts } = await tenant.read('{ alerts(filter: { status: [IN_PROGRESS] }) { nodes { type } totalCount } }');
    expect(alerts).toEqual({ nodes: [{ type: 'web' }], totalCount: 1 });
  });
});

describe('what belongs to a group', () => {
  const titles = (nodes: { title: string }[]) => nodes.map(({ title }) => title);
  const alertOf = (at: number, changes: object = {}) =>
    aNetworkAlert({ rule: { id: '4711', level: [5, 7, 13][at % 3], description: `alert ${at}` }, ...changes });

  it('are its alerts, the latest received first, whatever their severity, in pages of 1 to 20', async () => {
    const tenant = await openTenant(gateway, 'Members in pages');
    for (let at = 0; at < 25; at++) await tenant.ingest([alertOf(at), aWazuhAlert({ rule: { id: 'another' } })]);
    const all = Array.from({ length: 25 }, (_, at) => `alert ${24 - at}`);
    const page = 'totalCount pageInfo { hasNextPage endCursor } nodes { title }';
    const group = async (first: number, after: string | null) => {
      const document = `query ($first: Int!, $after: String) { alertGroups(filter: { kind: [NETWORK] }) { nodes { latestAlerts { title } alerts(first: $first, after: $after) { ${page} } } } }`;
      return (await tenant.read(document, { first, after })).alertGroups.nodes[0];
    };
    const { latestAlerts, alerts } = await group(20, null);
    expect(titles(latestAlerts)).toEqual(all.slice(0, 3));
    expect(titles(alerts.nodes)).toEqual(all.slice(0, 20));
    expect(alerts).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: true } });
    const rest = (await group(20, alerts.pageInfo.endCursor)).alerts;
    expect(titles(rest.nodes)).toEqual(all.slice(20));
    expect(rest.pageInfo.hasNextPage).toBe(false);
    for (const field of ['alerts(first: 0)', 'alerts(first: 21)', 'alerts(after: "x")', 'deliveries(first: 21)']) {
      const selection = field.startsWith('alerts') ? '{ totalCount }' : '{ id }';
      const { errors } = await tenant.graphql(`{ alertGroups { nodes { ${field} ${selection} } } }`);
      expect(errors?.[0]?.extensions['code'], field).toBe('BAD_USER_INPUT');
    }
  });

  it('are the devices at the addresses of its latest alert, the source first, and its deliveries; each takes its permission', async () => {
    const tenant = await openTenant(gateway, 'Ends');
    const stranger = await openTenant(gateway, 'Ends of another');
    const seen = (ip: string, hostname: string) => aDevice({ ip, hostname, mac: null });
    await stranger.observe({ observations: [seen('203.0.113.10', 'theirs')] });
    await tenant.observe({ observations: [seen('192.168.1.20', 'target'), seen('203.0.113.10', 'attacker')] });
    await tenant.ingest([aNetworkAlert(), aNetworkAlert({ data: { srcip: '192.168.1.20' } })]);
    const document = '{ alertGroups { nodes { devices { hostname } deliveries { status } } } }';
    const { nodes } = (await tenant.read(document)).alertGroups;
    expect(nodes).toEqual([
      { devices: [{ hostname: 'target' }], deliveries: [] },
      { devices: [{ hostname: 'attacker' }, { hostname: 'target' }], deliveries: [] },
    ]);
    const { secret } = await gateway.createCredential('API_TOKEN', {
      tenantId: tenant.id,
      permissions: ['ALERTS_READ'],
    });
    for (const [field, permission] of [
      ['devices { id }', 'DEVICES_READ'],
      ['deliveries { id }', 'SINKS_READ'],
    ]) {
      await vi.waitFor(async () => {
        const { errors } = await gateway.graphql(`{ alertGroups { nodes { ${field} } } }`, {}, secret);
        expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
        expect(errors?.[0]?.message).toContain(permission);
      });
    }
  });
});
