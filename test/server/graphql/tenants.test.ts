import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessViews } from '../../support/access-views.ts';
import { alertPageViews } from '../../support/alert-page-views.ts';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { dataViews } from '../../support/data-views.ts';
import { deliveryViews } from '../../support/delivery-views.ts';
import { GraphqlSocket } from '../../support/graphql-socket.ts';
import { liveViews } from '../../support/live-views.ts';
import { type Household, networkViews } from '../../support/network-views.ts';
import { listRootFields } from '../../support/root-fields.ts';
import { searchViews } from '../../support/search-views.ts';
import { sinkViews } from '../../support/sink-views.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenants } from '../../support/test-tenant.ts';
import { triageViews } from '../../support/triage-views.ts';
import { refusesOthers, userViews } from '../../support/user-views.ts';

let gateway: TestGateway;
let households: Household[];

const names = ['Ash', 'Birch', 'Cedar'];

beforeAll(async () => {
  gateway = await startTestGateway();
  const tenants = await openTenants(gateway, ...names);
  // Taken in turns, so that the rows of the three lie between each other.
  const sent = names.map((): string[] => []);
  for (const record of records) {
    for (const [index, tenant] of tenants.entries()) {
      sent[index]?.push(...(await tenant.ingest({ ...record, location: tenant.id })));
    }
  }
  for (const { id } of [...tenants, ...tenants]) await gateway.ingestWazuh({ broken: id }, id);
  households = await Promise.all(
    tenants.map(async (tenant, index) => {
      const { alerts } = await tenant.read('{ alerts { nodes { id } } }');
      const ids = alerts.nodes.map(({ id }: { id: string }) => id).reverse();
      return { name: String(names[index]), tenant, events: sent[index] ?? [], alerts: ids };
    }),
  );
});

afterAll(() => gateway.close());

/** The same for every tenant, so that nothing but the tenant tells their rows apart. */
const records = [
  aWazuhAlert({ rule: { level: 2 } }),
  aWazuhAlert({ rule: { level: 5 } }),
  aWazuhAlert({ rule: { level: 13 } }),
  aNetworkAlert({ rule: { id: '86601', level: 8, description: 'Suspicious traffic' } }),
];

const unknownId = '01940000-0000-7000-8000-000000000000';
const eventFields = 'id tenantId raw intake { name }';
const alertFields = `id tenantId event { ${eventFields} } group { tenantId count }`;

const byId = async (field: string, fields: string, own: (home: Household) => string[], home: Household) => {
  const document = `query ($id: ID!) { ${field}(id: $id) { ${fields} } }`;
  const ask = (id: string) => home.tenant.graphql(document, { id });
  const unknown = await ask(unknownId);
  expect(unknown).toEqual({ data: { [field]: null } });
  for (const other of households) {
    for (const id of own(other)) {
      const { data } = await ask(id);
      if (other === home) expect(data[field]).toMatchObject({ id, tenantId: home.tenant.id });
      else expect({ data }).toEqual(unknown);
    }
  }
};

/** The intake that a household's sender feeds. */
async function ingestIntake({ tenant }: Household): Promise<string> {
  const { intakes } = await tenant.read('{ intakes { id name } }');
  return intakes.find(({ name }: { name: string }) => name === 'INGEST_KEY').id;
}

/** A field of one intake answers its own tenant's, and of any other's says the same as of one that is nowhere. */
async function intakeOf(home: Household, document: string): Promise<void> {
  const unknown = JSON.stringify(await home.tenant.graphql(document, { id: unknownId }));
  for (const other of households) {
    const id = await ingestIntake(other);
    const reply = await home.tenant.graphql(document, { id });
    if (other === home) expect(Object.values(reply.data)).toEqual([{ id }]);
    else expect(JSON.stringify(reply).replaceAll(id, unknownId)).toBe(unknown);
  }
}

/** For each root field: what a tenant sees of it is its own, all of it, and nothing besides. */
const views: Readonly<Record<string, (home: Household) => Promise<void>>> = {
  'Query.about': async ({ tenant }) => {
    expect(await tenant.read('{ about { eventCount alertCount database { networkAlerts { count } } } }')).toEqual({
      about: { eventCount: 4, alertCount: 3, database: { networkAlerts: { count: 1 } } },
    });
  },
  'Query.alert': (home) => byId('alert', alertFields, ({ alerts }) => alerts, home),
  'Query.event': (home) => byId('event', eventFields, ({ events }) => events, home),
  'Query.alerts': async ({ tenant, events, alerts }) => {
    const found = await tenant.read(`{ alerts { totalCount nodes { ${alertFields} } edges { node { id } } } }`);
    expect(found.alerts.totalCount).toBe(3);
    expect(found.alerts.edges.map(({ node }: { node: { id: string } }) => node.id).reverse()).toEqual(alerts);
    const expected = alerts.map((id, index) => ({
      id,
      tenantId: tenant.id,
      event: {
        id: events[index + 1],
        tenantId: tenant.id,
        raw: expect.stringContaining(tenant.id),
        intake: { name: 'INGEST_KEY' },
      },
      group: { tenantId: tenant.id, count: index === 2 ? 1 : 2 },
    }));
    expect(found.alerts.nodes.reverse()).toEqual(expected);
  },
  ...alertPageViews(() => households),
  'Query.alertActivity': async ({ tenant }) => {
    const span = { from: '2026-10-01T00:00:00Z', to: '2026-12-20T00:00:00Z' };
    const document =
      'query ($span: TimeRange!) { alertActivity(span: $span, bucketMinutes: 1440) { counts { count } } }';
    const { alertActivity } = await tenant.read(document, { span });
    const counts = alertActivity.flatMap(({ counts: found }: { counts: { count: number }[] }) => found);
    expect(counts.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(3);
  },
  'Query.alertGroups': async ({ tenant }) => {
    const found = await tenant.read('{ alertGroups { totalCount nodes { tenantId count severity } } }');
    expect(found.alertGroups).toEqual({
      totalCount: 2,
      nodes: [
        { tenantId: tenant.id, count: 1, severity: 'MEDIUM' },
        { tenantId: tenant.id, count: 2, severity: 'HIGH' },
      ],
    });
  },
  'Query.events': async ({ tenant, events }) => {
    const found = await tenant.read(`{ events { totalCount nodes { ${eventFields} } } }`);
    expect(found.events).toEqual({
      totalCount: 4,
      nodes: events.toReversed().map((id) => ({
        id,
        tenantId: tenant.id,
        raw: expect.stringContaining(tenant.id),
        intake: { name: 'INGEST_KEY' },
      })),
    });
  },
  'Query.rejectedEvents': async ({ tenant }) => {
    const found = await tenant.read('{ rejectedEvents { totalCount nodes { raw intake { name } } } }');
    const own = { raw: JSON.stringify({ broken: tenant.id }), intake: { name: 'INGEST_KEY' } };
    expect(found.rejectedEvents).toEqual({ totalCount: 2, nodes: [own, own] });
  },
  'Mutation.replayRejectedEvent': async (home) => {
    const document = 'mutation ($id: ID!) { replayRejectedEvent(id: $id) { isAccepted } }';
    const rejected = '{ rejectedEvents { nodes { id } } }';
    const rowsOf = (data: Record<string, unknown>) => (data['rejectedEvents'] as { nodes: { id: string }[] }).nodes;
    await refusesOthers(home, households, rejected, rowsOf, document);
  },
  'Mutation.ingestEvents': async ({ tenant }) => {
    const document = `mutation ($input: IngestEventsInput!) { ingestEvents(input: $input) { tenantId results { id } } }`;
    const input = { format: 'SYSLOG_RECORD', events: [{ full_log: 'quiet', id: 'the same for all' }] };
    const { ingestEvents } = await tenant.read(document, { input });
    expect(ingestEvents.tenantId).toBe(tenant.id);
    const [{ id }] = ingestEvents.results;
    for (const { tenant: other } of households) {
      const expected = other === tenant ? { id, tenantId: tenant.id } : null;
      expect((await other.read(`{ event(id: "${id}") { id tenantId } }`)).event).toEqual(expected);
    }
  },
  'Query.intakes': async ({ tenant }) => {
    const { intakes } = await tenant.read(`{ intakes { name activity { events rejected lastRejected { raw } } } }`);
    const rejected = { rejected: 2, lastRejected: { raw: JSON.stringify({ broken: tenant.id }) } };
    expect(intakes).toMatchObject([
      { name: 'API_TOKEN' },
      { name: 'INGEST_KEY', activity: { events: 4, ...rejected } },
    ]);
  },
  'Query.intake': (home) => intakeOf(home, 'query ($id: ID!) { intake(id: $id) { id } }'),
  'Query.credentials': async ({ tenant }) => {
    const { credentials } = await tenant.read('{ credentials { id kind } intakes { credentials { id kind } } }');
    expect(credentials.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['API_TOKEN', 'INGEST_KEY']);
    const seen = await Promise.all(
      households.map(async (other) => (await other.tenant.read('{ credentials { id } }')).credentials),
    );
    expect(new Set(seen.flat().map(({ id }: { id: string }) => id)).size).toBe(2 * names.length);
  },
  'Mutation.createIntake': async ({ tenant }) => {
    const document = `mutation ($input: CreateIntakeInput!) { createIntake(input: $input) { intake { id } } }`;
    const { createIntake } = await tenant.read(document, { input: { name: 'alike', kind: 'EDGE_DEVICE' } });
    for (const { tenant: other } of households) {
      const { intakes } = await other.read('{ intakes { id } }');
      const isThere = intakes.some(({ id }: { id: string }) => id === createIntake.intake.id);
      expect(isThere).toBe(other === tenant);
    }
  },
  'Mutation.renameIntake': (home) =>
    intakeOf(home, 'mutation ($id: ID!) { renameIntake(id: $id, name: "INGEST_KEY") { id } }'),
  'Mutation.watchIntake': (home) =>
    intakeOf(home, 'mutation ($id: ID!) { watchIntake(id: $id, input: { isWatched: true }) { id } }'),
  'Mutation.rotateIntakeKey': async (home) => {
    const document = 'mutation ($id: ID!) { rotateIntakeKey(id: $id) { intake { id } } }';
    await refusesOthers(home, households, '{ intakes { id } }', ({ intakes }) => intakes, document);
  },
  'Mutation.revokeIntakeKey': async (home) => {
    const document = 'mutation ($id: ID!) { revokeIntakeKey(id: $id) { id } }';
    await refusesOthers(home, households, '{ credentials { id } }', ({ credentials }) => credentials, document);
  },
  ...dataViews(() => households),
  ...accessViews(() => households),
  ...userViews(() => households),
  ...triageViews(() => households),
  ...searchViews(() => households),
  ...sinkViews(() => households),
  ...deliveryViews(() => households),
  ...liveViews(() => households),
  'Mutation.registerDevice': async ({ name, tenant }) => {
    const document =
      'mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { deviceId deviceKey tenantId } }';
    const register = (input: object) => tenant.graphql(document, { input: { name: 'the same for all', ...input } });
    const { data } = await register({ tenant: name });
    const { deviceId, deviceKey, tenantId } = data.registerDevice;
    expect(tenantId).toBe(tenant.id);
    const report = { kind: 'log', timestamp: '2026-06-06T10:00:01Z', data: { level: 'info', message: 'quiet' } };
    const reply = await gateway.post('/v1/ingest', [report], { 'X-Device-Key': deviceKey });
    expect(reply.status).toBe(204);
    const newest = '{ events(first: 1) { nodes { tenantId intake { id } } } }';
    for (const { tenant: other } of households) {
      const [event] = (await other.read(newest)).events.nodes;
      if (other === tenant) expect(event).toEqual({ tenantId: tenant.id, intake: { id: deviceId } });
      else expect(event.tenantId).toBe(other.id);
    }
    for (const neighbour of names.filter((other) => other !== name)) {
      expect((await register({ tenant: neighbour })).errors).toMatchObject([
        { extensions: { code: 'UNAUTHENTICATED' } },
      ]);
    }
  },
  'Subscription.alertRaised': async ({ tenant, alerts }) => {
    const document = `subscription ($after: String) { alertRaised(after: $after) { alert { ${alertFields.replace(' count', '')} } } }`;
    const replay = await GraphqlSocket.connect(gateway.url, tenant.token);
    const live = await tenant.live(document);
    replay.subscribe('replay', document, { after: '0' });
    const sent: string[] = [];
    for (const { tenant: other } of households) {
      const [event] = await other.ingest(aWazuhAlert({ location: other.id }));
      if (other === tenant) sent.push(String(event));
    }
    // Each tenant's last alert stands behind the others' in the feed: when it is there, all before it have been.
    const last = (await tenant.ingest(aWazuhAlert({ location: tenant.id })))[0];
    const collect = async (socket: GraphqlSocket) => {
      const seen: { id: string; tenantId: string; event: { id: string; tenantId: string }; group: unknown }[] = [];
      while (seen.at(-1)?.event.id !== last) seen.push((await socket.next()).payload.data.alertRaised.alert);
      socket.drop();
      return seen;
    };
    const pushed = await collect(live);
    expect(pushed.map(({ event }) => event.id)).toEqual([...sent, last]);
    const replayed = await collect(replay);
    expect(replayed.slice(0, alerts.length).map(({ id }) => id)).toEqual(alerts);
    expect(replayed.slice(-2)).toEqual(pushed);
    for (const seen of replayed) {
      expect(seen).toMatchObject({
        tenantId: tenant.id,
        event: { tenantId: tenant.id, raw: expect.stringContaining(tenant.id) },
        group: { tenantId: tenant.id },
      });
    }
  },
  ...networkViews(
    () => households,
    () => gateway,
  ),
};

describe('the schema', () => {
  it('has no root field that these tests leave out', () => {
    expect(Object.keys(views).sort()).toEqual(listRootFields());
  });
});

describe.each(Object.keys(views))('%s', (field) => {
  it.each(names)('shows %s its own rows, all of them, and nothing of its neighbours', async (name) => {
    await views[field]?.(households.find((home) => home.name === name) as Household);
  });
});

describe('a resend of an event by another tenant', () => {
  it('is another event', async () => {
    const [ash, birch] = households as [Household, Household];
    const record = aWazuhAlert({ rule: { level: 1 }, id: '1700000000.1' });
    const [[first], [again], [theirs]] = [
      await ash.tenant.ingest(record),
      await ash.tenant.ingest(record),
      await birch.tenant.ingest(record),
    ];
    expect(again).toBe(first);
    expect(theirs).not.toBe(first);
  });
});
