import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPermissions } from '../../../schema/permissions.ts';
import { parseCidr } from '../../../server/cidr.ts';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { deadLetterOf } from '../../support/delivery-views.ts';
import { aDevice, aLookup, aService } from '../../support/observations.ts';
import { openReceiver, type Receiver } from '../../support/receiver.ts';
import { listRootFields, rootRequests } from '../../support/root-fields.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let gateway: TestGateway;
let receiver: Receiver;
let tenant: TestTenant;
const clock = new VirtualClock(Date.UTC(2026, 5, 3, 12));

/** Given away in requests, and never to be read in the log. */
const secrets = ['url-secret', 'header-secret', 'pagerduty-secret'];

beforeAll(async () => {
  receiver = await openReceiver(() => ({ status: 200, body: {} }));
  const loopback = parseCidr('127.0.0.0/8');
  gateway = await startTestGateway({ config: { sinkAllowCidrs: loopback ? [loopback] : [] }, ...clock });
  tenant = await openTenant(gateway, 'Audited');
  const observations = [
    aDevice({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.25', hostname: 'printer' }),
    aService(),
    aService({ port: 8080 }),
    aLookup({ query: 'example.org' }),
  ];
  await tenant.observe({ observations });
  await tenant.ingest([aWazuhAlert(), aWazuhAlert({ id: '2' }), aNetworkAlert()]);
});

afterAll(async () => {
  await gateway.close();
  await receiver[Symbol.asyncDispose]();
});

interface Entry {
  readonly sequence: number;
  readonly action: string;
  readonly subject: string;
  readonly details: Record<string, unknown>;
  readonly actor: { readonly name: string; readonly credentialName: string | null };
}

/** The entries after one, the oldest first; without those of the server's own, which may come at any time. */
async function newEntries(after: number): Promise<Entry[]> {
  const fields = 'sequence hash action subject details at actor { name userId credentialName }';
  const { auditLog } = await tenant.read(`{ auditLog(first: 200) { nodes { ${fields} } } }`);
  return auditLog.nodes
    .filter(({ sequence, action }: Entry) => sequence > after && !action.endsWith('_FINISHED'))
    .reverse();
}

async function lastSequence(): Promise<number> {
  const { auditLog } = await tenant.read('{ auditLog(first: 1) { nodes { sequence } } }');
  return auditLog.nodes[0]?.sequence ?? 0;
}

/** The first id that a list answers. */
const first = async (query: string): Promise<string> => {
  const found = JSON.stringify(await tenant.read(query));
  return /"id":"([^"]+)"/.exec(found)?.[1] ?? `nothing in ${found}`;
};
const make = async (document: string, variables: object = {}) => first0(await tenant.read(document, variables));
const first0 = (data: object) => /"id":"([^"]+)"/.exec(JSON.stringify(data))?.[1] ?? '';

const sinkInput = () => ({
  name: 'Hook',
  webhook: {
    url: `${receiver.url}/url-secret`,
    headers: [{ name: 'X-Key', value: 'header-secret' }],
  },
});
const makeSink = () =>
  make('mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }', {
    input: sinkInput(),
  });
const makeSilence = () => make(String(rootRequests['Mutation.createSilence']?.document), silence());
const silence = () => ({
  input: { matchers: [{ field: 'AGENT', value: 'x' }], endsAt: '2026-06-04T00:00:00Z', reason: 'Works' },
});
const network = () => ({ input: { name: crypto.randomUUID(), cidr: `10.${networks++}.0.0/24` } });
const makeNetwork = () => make(String(rootRequests['Mutation.createNetwork']?.document), network());
const makeIntake = () =>
  make('mutation ($name: String!) { createIntake(input: { name: $name, kind: WEBHOOK }) { intake { id } } }', {
    name: crypto.randomUUID(),
  });
const service = '{ services { tcpPorts { id } } }';
let networks = 1;

interface Performed {
  /** What is there before; its answer is the id that the request names. */
  readonly given?: () => Promise<string>;
  /** Left out: that of the table of root fields. */
  readonly document?: string;
  readonly variables?: (id: string) => object;
  readonly action?: string;
  /** Left out: the id named, or else the one answered. */
  readonly subject?: string;
}

const byId = (call: string) => `mutation ($id: ID!) { ${call} { id } }`;
const ofId = (given: () => Promise<string>, call: string, more: Partial<Performed> = {}): Performed => ({
  given,
  document: byId(call),
  variables: (id) => ({ id }),
  ...more,
});

/** A request that succeeds for each mutation. */
const performed: Readonly<Record<string, Performed>> = {
  authorizeService: { subject: '10.0.0.7 tcp/22' },
  authorizeServiceById: ofId(() => first(service), 'authorizeServiceById(id: $id)', { action: 'AUTHORIZE_SERVICE' }),
  createApiToken: {
    document: 'mutation { createApiToken(input: { name: "made" }) { secret credential { id } } }',
  },
  createEventSink: {
    document: 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }',
    variables: () => ({ input: { name: 'Pager', pagerDuty: { integrationKey: `pagerduty-secret${'0'.repeat(16)}` } } }),
  },
  createIntake: {
    document: 'mutation { createIntake(input: { name: "Made", kind: WEBHOOK }) { secret intake { id } } }',
  },
  createNetwork: { variables: network },
  createService: {},
  createServiceRule: {},
  createSilence: { variables: silence },
  createUser: {},
  deleteDataSet: { action: 'DELETE_DATA_SET', subject: 'DNS' },
  deleteEventSink: ofId(makeSink, 'deleteEventSink(id: $id)'),
  deleteNetwork: ofId(makeNetwork, 'deleteNetwork(id: $id)'),
  deleteNetworkAlert: ofId(
    () => first('{ alerts(filter: { kind: NETWORK }) { nodes { id } } }'),
    'deleteNetworkAlert(id: $id)',
    { action: 'DELETE_ALERT' },
  ),
  deleteServerAlert: ofId(
    () => first('{ alerts(filter: { kind: SERVER }) { nodes { id } } }'),
    'deleteServerAlert(id: $id)',
    { action: 'DELETE_ALERT' },
  ),
  deleteService: ofId(() => first(service), 'deleteService(id: $id)'),
  deleteServiceRule: ofId(
    () => make('mutation { createServiceRule(input: { effect: ALLOW, port: 23 }) { id } }'),
    'deleteServiceRule(id: $id)',
  ),
  disallowService: {
    given: async () => {
      await tenant.read(
        'mutation { authorizeService(input: { serviceIp: "10.9.9.9", port: 9, proto: udp }) { port } }',
      );
      return '';
    },
    subject: '10.9.9.9 udp/9',
  },
  expireSilence: ofId(makeSilence, 'expireSilence(id: $id)'),
  registerDevice: {
    document: 'mutation { registerDevice(input: { name: "edge-01" }) { id: deviceId deviceKey } }',
  },
  renameIntake: ofId(makeIntake, 'renameIntake(id: $id, name: "Other")'),
  replayDeliveries: { subject: '0' },
  replayDelivery: ofId(
    async () => deadLetterOf({ tenant, alerts: [await first('{ alerts { nodes { id } } }')] }),
    'replayDelivery(id: $id)',
  ),
  revokeCredential: ofId(
    () => make('mutation { createApiToken(input: { name: "to end" }) { credential { id } } }'),
    'revokeCredential(id: $id)',
  ),
  revokeIntakeKey: ofId(
    () => make('mutation { createIntake(input: { name: "To end", kind: WEBHOOK }) { credential { id } } }'),
    'revokeIntakeKey(id: $id)',
  ),
  rotateIntakeKey: ofId(makeIntake, '', {
    document: 'mutation ($id: ID!) { rotateIntakeKey(id: $id) { secret } }',
  }),
  rotateWebhookSecret: ofId(makeSink, '', {
    document: 'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { signingSecret } }',
  }),
  testEventSink: ofId(makeSink, '', { document: 'mutation ($id: ID!) { testEventSink(id: $id) { delivered } }' }),
  undoBulkChange: ofId(
    async () => {
      const id = await make(String(rootRequests['Mutation.updateAlertGroups']?.document));
      return id;
    },
    'undoBulkChange(id: $id)',
    { action: 'UNDO_ALERT_GROUPS' },
  ),
  updateAlertGroup: ofId(
    () => first('{ alertGroups { nodes { id } } }'),
    'updateAlertGroup(id: $id, version: 1, change: { note: "seen" })',
  ),
  updateAlertGroups: {},
  updateDevice: ofId(
    () => first('{ devices { nodes { id } } }'),
    'updateDevice(input: { id: $id, friendlyName: "x" })',
  ),
  updateEventSink: {
    given: makeSink,
    document: 'mutation ($id: ID!, $input: UpdateEventSinkInput!) { updateEventSink(id: $id, input: $input) { id } }',
    variables: (id) => ({ id, input: { ...sinkInput(), name: 'Other' } }),
  },
  updateNetwork: ofId(makeNetwork, 'updateNetwork(input: { id: $id, name: "Renamed" })'),
  updateService: ofId(() => first(service), 'updateService(input: { id: $id, port: 2222 })'),
  updateSilence: ofId(makeSilence, 'updateSilence(id: $id, input: { reason: "x" })'),
  updateUser: ofId(
    () => make('mutation { createUser(input: { email: "bob@example.org", permissions: [] }) { id } }'),
    'updateUser(id: $id, input: { name: "Bob" })',
  ),
  watchIntake: ofId(makeIntake, 'watchIntake(id: $id, input: { isWatched: false })'),
};

const mutations = listRootFields().flatMap((field) => /^Mutation\.(\w+)$/.exec(field)?.[1] ?? []);

describe('the schema', () => {
  it('has no mutation that these tests leave out, save the one that takes events in', () => {
    expect(Object.keys(performed).sort()).toEqual(mutations.filter((name) => name !== 'ingestEvents'));
  });
});

describe.each(Object.keys(performed))('%s', (name) => {
  const { given, document, variables, action, subject } = performed[name] as Performed;
  const request = rootRequests[`Mutation.${name}`];

  it('leaves one entry, which names what was done, to what and by whom, and gives no secret away', async () => {
    const id = (await given?.()) ?? '';
    const before = await lastSequence();
    const asked = document ?? String(request?.document);
    const answer = await tenant.read(asked, variables?.(id) ?? request?.variables);
    const entries = await newEntries(before);

    const expected = action ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    expect(entries.map((entry) => [entry.action, entry.subject])).toEqual([
      [expected, subject ?? (id || first0(answer as object))],
    ]);
    expect(entries[0]?.subject).not.toBe('');
    expect(entries[0]?.actor).toMatchObject({ name: 'API_TOKEN', credentialName: 'API_TOKEN' });
    const told = JSON.stringify(entries);
    expect(secrets.filter((secret) => told.includes(secret))).toEqual([]);
    expect(told).not.toMatch(/tocsin_\w+_\w{36}/);
  });

  it('leaves no entry when nothing came of it', async () => {
    if (!request?.fault) return;
    const before = await lastSequence();
    const { errors } = await tenant.graphql(request.document, request.variables);
    expect(errors).toMatchObject([{ extensions: { code: request.fault } }]);
    expect(await newEntries(before)).toEqual([]);
  });
});

describe('what is refused', () => {
  it('leaves one entry a field, and after a minute one that says how often it was tried meanwhile', async () => {
    const { secret, id } = await gateway.createCredential('API_TOKEN', {
      name: 'scanner',
      tenantId: tenant.id,
      permissions: [],
    });
    const guarded = Object.entries(rootRequests).filter(
      ([field, { permission }]) => permission !== null && !field.startsWith('Subscription.'),
    );
    const before = await lastSequence();
    for (let round = 0; round < 3; round++) {
      for (const [, { document, variables }] of guarded) {
        const { errors } = await gateway.graphql(document, variables, secret);
        expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      }
    }
    const fields = guarded.map(([field]) => field).sort();
    const told = (await newEntries(before)).map(({ subject, details }) => ({ subject, details }));
    expect(told.map(({ subject }) => subject).sort()).toEqual(fields);
    expect(new Set(told.map(({ details }) => JSON.stringify(details)))).toEqual(
      new Set(['{"code":"FORBIDDEN","count":1}']),
    );

    await clock.pass(60_000);
    const later = (await newEntries(before)).slice(told.length);
    expect(later.map(({ subject }) => subject).sort()).toEqual(fields);
    expect(new Set(later.map(({ details }) => details['count']))).toEqual(new Set([2]));
    const { auditLog } = await tenant.read(
      'query ($id: String!) { auditLog(filter: { credentialId: [$id], action: [REFUSED] }) { totalCount nodes { actor { name } } } }',
      { id },
    );
    expect(auditLog.totalCount).toBe(2 * guarded.length);
    expect(auditLog.nodes[0]).toEqual({ actor: { name: 'scanner' } });
  });

  it('is written too where a nested field, a dialect or a subscription refuses it', async () => {
    const permissions = allPermissions.filter((one) => !['INTAKES_READ', 'DATA_WRITE', 'SINKS_READ'].includes(one));
    const { secret } = await gateway.createCredential('API_TOKEN', {
      name: 'curious',
      tenantId: tenant.id,
      permissions,
    });
    const before = await lastSequence();
    const nested = '{ events { nodes { intake { activity { events } } } } }';
    expect((await gateway.graphql(nested, {}, secret)).errors?.length).toBeGreaterThan(0);
    const live = await gateway.subscribe('subscription { deliveryChanged { cursor } }', {}, secret);
    await live.next().catch(() => {});
    const headers = { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' };
    const reply = await fetch(`${gateway.url}/api/v1/data`, {
      method: 'DELETE',
      headers,
      body: '{"table":"dns_metadata","filters":{}}',
    });
    expect(reply.status).toBe(403);
    await expect
      .poll(async () => (await newEntries(before)).map(({ subject }) => subject))
      .toEqual(['Intake.activity', 'Subscription.deliveryChanged', 'DATA_WRITE']);
  });
});

describe('events taken in', () => {
  it('leave no entry', async () => {
    const before = await lastSequence();
    await tenant.ingest(aWazuhAlert({ id: 'unaudited' }));
    await tenant.read(
      String(rootRequests['Mutation.ingestEvents']?.document),
      rootRequests['Mutation.ingestEvents']?.variables,
    );
    expect(await newEntries(before)).toEqual([]);
  });
});

describe('a mutation that cannot be written down', () => {
  it.each([
    ['createNetwork', '{ networks { id } }'],
    ['createServiceRule', '{ serviceRules { id } }'],
    ['createApiToken', '{ credentials { id } }'],
    ['createService', '{ services { tcpPorts { id } } }'],
    ['authorizeService', '{ allowedServices { serviceIp port } }'],
    ['deleteEventSink', '{ eventSinks { nodes { id } } }'],
    ['updateDevice', '{ devices { nodes { friendlyName } } }'],
    ['replayDelivery', '{ deliveries { nodes { status } } }'],
    ['updateSilence', '{ silences { nodes { reason } } }'],
    ['updateAlertGroup', '{ alertGroups { nodes { id version } } }'],
    ['deleteServerAlert', '{ alerts { totalCount } }'],
  ])('is not done: %s', async (name, list) => {
    const { given, document, variables } = performed[name] as Performed;
    const request = rootRequests[`Mutation.${name}`];
    const asked = (document ?? String(request?.document))
      .replace('version: 1', 'version: 2')
      .replaceAll(/"x"|port: 22\b|10\.0\.0\.7/g, (text) =>
        text === '"x"' ? '"not so"' : text.startsWith('port') ? 'port: 2323' : '10.0.0.99',
      );
    const id = (await given?.()) ?? '';
    const before = await tenant.read(list);
    const em = gateway.store.database.em();
    await em.execute('alter table audit_head rename to audit_head_away');
    const { errors } = await tenant.graphql(asked, variables?.(id) ?? request?.variables);
    await em.execute('alter table audit_head_away rename to audit_head');
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(await tenant.read(list)).toEqual(before);
  });
});

describe('the log', () => {
  it('is filtered by action, subject, user and time', async () => {
    const id = await makeNetwork();
    const read = async (filter: string) =>
      (await tenant.read(`{ auditLog(filter: ${filter}) { nodes { subject } } }`)).auditLog.nodes;
    expect(await read(`{ action: [CREATE_NETWORK], subject: ["${id}"] }`)).toEqual([{ subject: id }]);
    expect(await read('{ userId: ["01940000-0000-7000-8000-000000000000"] }')).toEqual([]);
    expect(await read('{ at: { from: "2030-01-01T00:00:00Z" } }')).toEqual([]);
    const { errors } = await tenant.graphql('{ auditLog(filter: { userId: ["me"] }) { totalCount } }');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'userId' } }]);
  });

  it('is one whole chain, also when many write to it at once', async () => {
    const before = await lastSequence();
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        tenant.read(String(rootRequests['Mutation.createNetwork']?.document), {
          input: { name: `at once ${index}`, cidr: `10.200.${index}.0/24` },
        }),
      ),
    );
    expect((await newEntries(before)).map(({ sequence }) => sequence - before)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
    expect(await gateway.store.audit.verify(tenant.id)).toMatchObject({ entries: before + 40, firstBreak: null });
  });
});
