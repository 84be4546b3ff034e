import { Readable } from 'node:stream';
import {
  type GraphQLField,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSchema } from '../../../server/graphql/build-schema.ts';
import { deliveryAttemptSchema, deliverySchema } from '../../../server/modules/delivery/delivery.entity.ts';
import { uuidV7 } from '../../../server/uuid-v7.ts';
import { aNetworkAlert } from '../../support/builders.ts';
import {
  aBackup,
  aConnection,
  aDevice,
  aLease,
  aLookup,
  aRequest,
  aSample,
  aService,
} from '../../support/observations.ts';
import { StatementWatch } from '../../support/statement-watch.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';

const schema = buildSchema();
let gateway: TestGateway;
let tenant: TestTenant;
let watch: StatementWatch;
let alertId = '';

const rows = 12;
const ofAll = <Made>(make: (index: number) => Promise<Made>) =>
  Promise.all(Array.from({ length: rows }, (_, at) => make(at)));

beforeAll(async () => {
  gateway = await startTestGateway();
  tenant = await openTenant(gateway, 'Counted');
  // A group each, between addresses of which devices are known.
  const records = Array.from({ length: 100 }, (_, at) =>
    [1, 2].map(() => aNetworkAlert({ rule: { id: `${at}` }, data: { srcip: `10.0.0.${at}`, dstip: `10.0.1.${at}` } })),
  );
  await tenant.ingest(records.flat());
  await gateway.ingestWazuh(
    Array.from({ length: rows }, (_, broken) => ({ broken })),
    tenant.id,
  );
  await tenant.observe({
    occurredAt: 1_790_000_000_000,
    observations: Array.from({ length: 100 }, (_, at) => [
      aDevice({ ip: `10.0.0.${at}`, mac: `00:00:5E:00:00:${hex(at)}`, hostname: `a${at}` }),
      aDevice({ ip: `10.0.1.${at}`, mac: `00:00:5E:00:01:${hex(at)}`, hostname: `b${at}` }),
      ...(at < rows
        ? [aLookup(), aConnection(), aLease(), aRequest(), aSample(), aBackup(), aService({ ip: `10.0.0.${at}` })]
        : []),
    ]).flat(),
  });
  await gateway.store.threatIntel.replace('TOR_RELAY', 'relays', Readable.from([Buffer.from('10.0.0.1\n10.0.1.2\n')]));
  const make = (document: string) => ofAll((at) => tenant.read(document.replaceAll('%', String(at))));
  const made = await make(
    'mutation { createEventSink(input: { name: "s%", isEnabled: false, webhook: { url: "https://hooks.example.org/" } }) { sink { id } } }',
  );
  await make('mutation { createNetwork(input: { name: "n%", cidr: "10.%.0.0/24" }) { id } }');
  const users = await make('mutation { createUser(input: { email: "u%@example.org", permissions: [] }) { id } }');
  await make('mutation { createIntake(input: { name: "i%", kind: WEBHOOK }) { secret } }');
  await make('mutation { createServiceRule(input: { effect: ALLOW, port: 8% }) { id } }');
  await make('mutation { authorizeService(input: { serviceIp: "10.0.0.%", port: 22, proto: tcp }) { port } }');
  await make(
    'mutation { createSilence(input: { matchers: [{ field: AGENT, value: "edge-%" }], endsAt: "2999-01-01T00:00:00Z", reason: "r" }) { id } }',
  );
  const { alerts, alertGroups } = await tenant.read(
    '{ alerts(first: 1) { nodes { id } } alertGroups(first: 100) { nodes { id version } } }',
  );
  alertId = alerts.nodes[0].id;
  await ofAll((at) => {
    const { id, version } = alertGroups.nodes[at];
    const change = { status: 'IN_PROGRESS', assigneeId: users[at].createUser.id };
    const document =
      'mutation ($id: ID!, $version: Int!, $change: AlertGroupChange!) { updateAlertGroup(id: $id, version: $version, change: $change) { id } }';
    return tenant.read(document, { id, version, change });
  });
  const deliveries = alertGroups.nodes.flatMap(({ id: groupId }: { id: string }, group: number) =>
    [0, 1].map((at) => ({
      id: uuidV7(Date.now()),
      number: 2_000_000 + group * 2 + at,
      tenantId: tenant.id,
      sinkId: made[(group + at) % rows].createEventSink.sink.id,
      groupId,
      reason: 'NEW',
      status: 'DELIVERED',
      alertId: Number(alertId),
      alertCount: 1,
      severity: 3,
      createdAt: Date.now(),
      attempts: 1,
      spent: 1,
    })),
  );
  const em = gateway.store.database.em();
  await em.insertMany(deliverySchema, deliveries);
  await em.insertMany(
    deliveryAttemptSchema,
    deliveries.map(({ id }: { id: string }) => ({
      ...{ deliveryId: id, number: 1, tenantId: tenant.id, at: 1, result: 'DELIVERED', status: 200, durationMs: 5 },
    })),
  );
  watch = new StatementWatch();
});

afterAll(async () => {
  watch?.close();
  await gateway.close();
});

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0');
const aDay = 'span: { from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z" }';

/** For each list of the schema: the most statements that it takes with all that its rows lead to, two steps far. */
const bounds: Readonly<Record<string, { most: number; args?: () => string }>> = {
  alertActivity: { most: 1, args: () => aDay },
  alertGroups: { most: 38, args: () => 'first: 10' },
  alerts: { most: 18, args: () => 'first: 10' },
  allowedServices: { most: 2 },
  auditLog: { most: 7 },
  backupEvents: { most: 3 },
  credentials: { most: 1 },
  deliveries: { most: 6, args: () => 'first: 10' },
  devicePage: { most: 5 },
  devices: { most: 5 },
  dnsActivity: { most: 1, args: () => aDay },
  eventSinks: { most: 2 },
  events: { most: 3 },
  flowRecords: { most: 12 },
  intakes: { most: 3 },
  networkAlertPage: { most: 19, args: () => 'pageSize: 10' },
  networks: { most: 1 },
  notificationTrail: { most: 4, args: () => `alertId: "${alertId}"` },
  refusedCalls: { most: 0 },
  rejectedEvents: { most: 3 },
  roles: { most: 1 },
  // Some of each data set, which are always as many.
  retention: { most: 90 },
  // One's own, and those that others share, of which only so many are read.
  savedViews: { most: 2 },
  searchFields: { most: 0, args: () => 'of: ALERT' },
  serverAlertPage: { most: 2, args: () => 'pageSize: 10' },
  serviceRules: { most: 1 },
  services: { most: 2 },
  sessions: { most: 1 },
  silences: { most: 4 },
  tcpActivity: { most: 1, args: () => aDay },
  telemetry: { most: 3 },
  threatLists: { most: 1 },
  users: { most: 1 },
};

const wrappers = /(?:Connection|Page)$/;

/** Everything that a type has, and what that leads to, so many steps far; a page is no step. */
function selection(type: GraphQLOutputType, steps: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return '';
  const isPage = wrappers.test(named.name);
  const fields = Object.values(named.getFields()).filter(
    ({ name, args }) => !args.some(isRequiredArgument) && !(isPage && name === 'edges'),
  );
  const own = fields.flatMap((field) => {
    const inner = getNamedType(field.type);
    if (isUnionType(inner)) return `${field.name} { __typename }`;
    if (!isObjectType(inner) && !isInterfaceType(inner)) return field.name;
    if (!isPage && steps === 0) return [];
    const chosen = selection(inner, isPage || wrappers.test(inner.name) ? steps : steps - 1);
    return chosen === '{  }' ? [] : `${field.name} ${chosen}`;
  });
  const kinds = isInterfaceType(named)
    ? schema.getPossibleTypes(named).map((kind) => {
        const known = new Set(fields.map(({ name }) => name));
        const further = Object.values(kind.getFields()).filter(({ name }) => !known.has(name));
        const leaves = further.filter(({ type: of }) => !isObjectType(getNamedType(of))).map(({ name }) => name);
        const objects = steps === 0 ? [] : further.filter(({ type: of }) => isObjectType(getNamedType(of)));
        const led = objects.map((field) => `${field.name} ${selection(field.type, 0)}`);
        return leaves.length + led.length === 0 ? '' : `... on ${kind.name} { ${[...leaves, ...led].join(' ')} }`;
      })
    : [];
  return `{ ${[...own, ...kinds].join(' ')} }`;
}

function isList({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(getNullableType(type)) || wrappers.test(getNamedType(type).name);
}

const lists = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(isList);

describe('the statements that an operation makes', () => {
  it('have a bound for every list of the schema', () => {
    expect(Object.keys(bounds).sort()).toEqual(lists.map(({ name }) => name).sort());
  });

  it.each(lists.map((field) => [field.name, field] as const))(
    'are few for %s, however many rows',
    async (name, field) => {
      const { most, args } = bounds[name] ?? { most: 0 };
      const document = `{ ${name}${args ? `(${args()})` : ''} ${selection(field.type, 1)} }`;
      const statements = await watch.during(() => tenant.read(document), most);
      expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(most);
    },
  );

  it('are eight at most for 100 alert groups with their alerts, devices and deliveries', async () => {
    const document = `{
      alertGroups(first: 100) {
        nodes {
          id title severity status count firstSeen lastSeen groupedBecause assignee { name }
          latestAlerts { id title severity occurredAt }
          devices { id hostname lastIp }
          deliveries(first: 2) { id status reason sink { name } attempts { at status error } }
        }
        pageInfo { endCursor } totalCount
      }
    }`;
    let found: { alertGroups: { nodes: Record<string, unknown[]>[]; totalCount: number } } | undefined;
    const statements = await watch.during(async () => {
      found = await tenant.read(document);
    }, 8);
    expect(statements.length, statements.join('\n')).toBeLessThanOrEqual(8);
    expect(found?.alertGroups.totalCount).toBe(100);
    for (const { latestAlerts, devices, deliveries } of found?.alertGroups.nodes ?? []) {
      expect([latestAlerts?.length, devices?.length, deliveries?.length]).toEqual([2, 2, 2]);
    }
  });
});
