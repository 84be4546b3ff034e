import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPermissions } from '../../../schema/permissions.ts';
import { parseCidr } from '../../../server/cidr.ts';
import { firstId, mutationsThatSucceed, type Performed, secretsGiven } from '../../support/audited-mutations.ts';
import { aNetworkAlert, aWazuhAlert } from '../../support/builders.ts';
import { aDevice, aLookup, aService } from '../../support/observations.ts';
import { openReceiver, type Receiver } from '../../support/receiver.ts';
import { listRootFields, rootRequests } from '../../support/root-fields.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

let gateway: TestGateway;
let receiver: Receiver;
let tenant: TestTenant;
let site: ReturnType<typeof mutationsThatSucceed>;
const clock = new VirtualClock(Date.UTC(2026, 5, 3, 12));

beforeAll(async () => {
  receiver = await openReceiver(() => ({ status: 200, body: {} }));
  const loopback = parseCidr('127.0.0.0/8');
  gateway = await startTestGateway({ config: { sinkAllowCidrs: loopback ? [loopback] : [] }, ...clock });
  tenant = await openTenant(gateway, 'Audited');
  site = mutationsThatSucceed(tenant, receiver.url);
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

const makeNetwork = () => site.makeNetwork();

const mutations = listRootFields().flatMap((field) => /^Mutation\.(\w+)$/.exec(field)?.[1] ?? []);

describe('the schema', () => {
  it('has no mutation that these tests leave out, save the one that takes events in', () => {
    expect(Object.keys(site.performed).sort()).toEqual(mutations.filter((name) => name !== 'ingestEvents'));
  });
});

describe.each(mutations.filter((name) => name !== 'ingestEvents'))('%s', (name) => {
  const request = rootRequests[`Mutation.${name}`];

  it('leaves one entry, which names what was done, to what and by whom, and gives no secret away', async () => {
    const { given, document, variables, action, subject, isOfAnswer, by } = site.performed[name] as Performed;
    const id = (await given?.()) ?? '';
    const actor = (await by?.(id)) ?? { name: 'API_TOKEN', token: tenant.token };
    const before = await lastSequence();
    const asked = document ?? String(request?.document);
    const sent = variables?.(id) ?? request?.variables;
    const { data: answer, errors } = await gateway.graphql(asked, sent, actor.token);
    expect(errors).toBeUndefined();
    const entries = await newEntries(before);

    const expected = action ?? name.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    expect(entries.map((entry) => [entry.action, entry.subject])).toEqual([
      [expected, subject ?? ((!isOfAnswer && id) || firstId(answer))],
    ]);
    expect(entries[0]?.subject).not.toBe('');
    expect(entries[0]?.actor).toMatchObject({ name: actor.name, credentialName: 'API_TOKEN' });
    const told = JSON.stringify(entries);
    expect(secretsGiven.filter((secret) => told.includes(secret))).toEqual([]);
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
      .poll(async () => (await newEntries(before)).map(({ subject }) => subject), { timeout: 10_000 })
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
    const { given, document, variables } = site.performed[name] as Performed;
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

  it('says how what was done to is called, where that has a name that is known', async () => {
    const { createUser } = await tenant.read(
      'mutation { createUser(input: { email: "named@example.org", name: "Named", permissions: [ALERTS_READ] }) { id } }',
    );
    const id = await makeNetwork();
    const { auditLog } = await tenant.read(
      'query ($some: [String!]) { auditLog(filter: { subject: $some }) { nodes { action subjectName } } }',
      { some: [createUser.id, String(id)] },
    );
    expect(auditLog.nodes).toEqual(
      expect.arrayContaining([
        { action: 'CREATE_USER', subjectName: 'Named' },
        { action: 'CREATE_NETWORK', subjectName: null },
      ]),
    );
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
