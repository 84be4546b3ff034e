import { Readable } from 'node:stream';
import { vi } from 'vitest';
import type { Permission } from '../../../schema/permissions.ts';
import { parseCidr } from '../../../server/cidr.ts';
import { sourceRhythmSchema } from '../../../server/watch/source-rhythm.entity.ts';
import { aNetworkAlert, aWazuhAlert } from '../builders.ts';
import * as seen from '../observations.ts';
import { openReceiver, type Receiver } from '../receiver.ts';
import { startTestGateway, type TestGateway } from '../test-gateway.ts';
import { openTenants, type TestTenant } from '../test-tenant.ts';
import { VirtualClock } from '../virtual-clock.ts';
import { idsOf, listTenantTables, type TenantTable } from './tenant-tables.ts';

/** A tenant whose every row says whose it is: by its mark, or by an address of its own range. */
export interface Home {
  readonly name: string;
  /** Stands in every text that it has brought. */
  readonly mark: string;
  /** 1, 2, 3: the last part of its networks' addresses. */
  readonly number: number;
  readonly tenant: TestTenant;
  /** What may not stand in what others are sent. */
  readonly marks: readonly string[];
}

/** Three tenants with rows in every table, on one server. */
export interface Homes {
  readonly gateway: TestGateway;
  readonly receiver: Receiver;
  readonly homes: readonly Home[];
  readonly tables: readonly TenantTable[];
  /** The ids of each one's rows, by table, when all had moved in. */
  readonly ids: ReadonlyMap<Home, ReadonlyMap<string, readonly string[]>>;
  close(): Promise<void>;
}

const names = ['ash', 'birch', 'cedar'];

/** The mark of a tenant's later rows, which come while somebody listens. */
export const later = 'later';

export async function openHomes(): Promise<Homes> {
  const clock = new VirtualClock(Date.now());
  const receiver = await openReceiver(({ path }) => ({ status: path.includes('broken') ? 500 : 200 }));
  const loopback = parseCidr('127.0.0.0/8');
  const gateway = await startTestGateway({
    config: { sinkAllowCidrs: loopback ? [loopback] : [], shutdownMs: 500 },
    // Time stands: what changes does so because somebody has asked for it.
    now: clock.now,
    every: clock.every,
  });
  const tenants = await openTenants(gateway, ...names.map((name) => `Household ${markOf(name)}`));
  const homes = tenants.map((tenant, index): Home => {
    const [name = '', number] = [names[index], index + 1];
    const mark = markOf(name);
    return { name, mark, number, tenant, marks: [mark, tenant.id, `10.7${number}.7${number}.`, `02:7${number}:`] };
  });
  // One after the other, so that the numbers that the database gives lie between each other.
  for (const furnish of furnishings) {
    for (const home of homes) await furnish(home, receiver);
    clock.nowMs += 10;
  }
  const { database, threatIntel } = gateway.store;
  await threatIntel.replace('TOR_RELAY', 'relays.txt', Readable.from([Buffer.from('192.0.2.1\n')]));
  const tables = await listTenantTables(database);
  await comeToRest(gateway);
  const ids = new Map(
    await Promise.all(homes.map(async (home) => [home, await idsOf(database, tables, home.tenant.id)] as const)),
  );
  return {
    gateway,
    receiver,
    homes,
    tables,
    ids,
    close: async () => {
      await gateway.close();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

function markOf(name: string): string {
  return `xq${name}qx`;
}

/** Waits until the router and the dispatcher have nothing left to do: what they write comes after the reply to what they do it for. */
export async function comeToRest({ store: { database } }: TestGateway): Promise<void> {
  const left = `select (select max(cursor) from feed where topic = 'alertRaised') - feed_cursor as steps,
    (select count(*) from delivery where status = 'QUEUED' and (attempts = 0 or claim is not null)) as attempts
    from delivery_router`;
  await vi.waitFor(
    async () => {
      const [found] = await database.read<{ steps: number; attempts: number }>(left, []);
      if (!found || found.steps > 0 || found.attempts > 0) throw new Error(`Left to do: ${JSON.stringify(found)}`);
    },
    { timeout: 20_000, interval: 5 },
  );
}

type Furnish = (home: Home, receiver: Receiver) => Promise<unknown>;

/** An alert that names the tenant in everything that can be named. */
export function alertOf({ mark, number }: Home, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return aWazuhAlert({
    rule: { id: `${mark}-1`, level: 9, description: `Title of ${mark}`, groups: [`type-${mark}`] },
    agent: { id: `id-${mark}`, name: `agent-${mark}`, ip: `10.7${number}.7${number}.3` },
    manager: { name: `manager-${mark}` },
    full_log: `A line of ${mark}`,
    location: `/var/log/${mark}`,
    ...changes,
  });
}

function networkAlertOf(home: Home): Record<string, unknown> {
  const range = `10.7${home.number}.7${home.number}`;
  const data = { srcip: `${range}.10`, dstip: `${range}.20` };
  return aNetworkAlert({
    ...alertOf(home, { data: { ...data, srcport: '41334', dstport: '22', url: `/${home.mark}` } }),
    rule: {
      id: `${home.mark}-2`,
      level: 8,
      description: `Traffic of ${home.mark}`,
      groups: [`net-${home.mark}`],
    },
  });
}

const make = (document: string, variables: (home: Home, receiver: Receiver) => object): Furnish => {
  return (home, receiver) => home.tenant.read(document, variables(home, receiver));
};

const sink = 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }';

/** What each household moves in with. A new table needs a line here, or the test of the tables fails. */
const furnishings: readonly Furnish[] = [
  make(sink, ({ mark }, { url }) => ({ input: { name: `Hook of ${mark}`, webhook: { url: `${url}/${mark}` } } })),
  make(sink, ({ mark }, { url }) => ({
    input: { name: `Broken hook of ${mark}`, webhook: { url: `${url}/${mark}/broken` } },
  })),
  make(sink, ({ mark }) => ({
    input: { name: `Pager of ${mark}`, isEnabled: false, pagerDuty: { integrationKey: mark.padEnd(32, '0') } },
  })),
  (home) => home.tenant.ingest(alertOf(home)),
  (home) => home.tenant.ingest(networkAlertOf(home)),
  (home) => home.tenant.ingest(alertOf(home, { agent: { id: '003', name: 'edge-01', ip: '127.0.0.3' } })),
  async (home) =>
    home.tenant.ingest(alertOf(home, { rule: { id: `${home.mark}-3`, level: 1, description: `Quiet ${home.mark}` } })),
  ({ tenant, mark }) => tenant.gateway.ingestWazuh({ broken: mark }, tenant.id),
  ({ tenant, mark, number }) => {
    const [ip, other] = [`10.7${number}.7${number}.25`, `10.7${number}.7${number}.99`];
    const mac = `02:7${number}:00:00:00:01`;
    const ends = { sourceIp: ip, destinationIp: other };
    return tenant.observe({
      fingerprint: `observed-${mark}`,
      occurredAt: Date.UTC(2026, 5, 3, 12),
      title: `Seen by ${mark}`,
      message: `Seen by ${mark}`,
      agent: `agent-${mark}`,
      observations: [
        seen.aDevice({ mac, ip, hostname: mark }),
        seen.aService({ ip }),
        seen.aLookup({ ...ends, query: `${mark}.example` }),
        seen.aConnection({ ...ends, service: mark }),
        seen.aLease({ mac, ip, serverIp: other, hostname: mark }),
        seen.aRequest({ ...ends, host: `${mark}.example`, uri: `/${mark}`, userAgent: mark }),
        seen.aSample({ interface: mark }),
        seen.aBackup({ jobId: mark, assetId: mark }),
        seen.aPacket(),
      ],
    });
  },
  make('mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }', ({ mark, number }) => ({
    input: { name: `Network of ${mark}`, cidr: `10.7${number}.7${number}.0/24` },
  })),
  make('mutation ($input: CreateServiceRuleInput!) { createServiceRule(input: $input) { id } }', ({ number }) => ({
    input: { effect: 'ALLOW', address: `10.7${number}.7${number}.77` },
  })),
  make('mutation ($input: ServicePlaceInput!) { authorizeService(input: $input) { port } }', ({ number }) => ({
    input: { serviceIp: `10.7${number}.7${number}.25`, port: 443, proto: 'tcp' },
  })),
  make('mutation ($input: RegisterDeviceInput!) { registerDevice(input: $input) { deviceId } }', ({ mark }) => ({
    input: { name: `edge-${mark}`, location: `Cellar of ${mark}` },
  })),
  make('mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }', ({ mark }) => ({
    input: { email: `person@${mark}.example`, name: `Person of ${mark}`, permissions: ['ALERTS_READ'] },
  })),
  make('mutation ($input: CreateSilenceInput!) { createSilence(input: $input) { id } }', ({ mark }) => ({
    input: {
      matchers: [{ field: 'AGENT', value: `nobody-${mark}` }],
      endsAt: '2126-06-03T00:00:00Z',
      reason: `Works at ${mark}`,
    },
  })),
  make(
    `mutation ($filter: DataSetFilter!) { deleteDataSet(dataSet: HTTP, filter: $filter) { deletedRows } }`,
    ({ mark }) => ({ filter: { userAgent: [`none-${mark}`] } }),
  ),
  async ({ tenant, mark }) => {
    const { users } = await tenant.read('{ users { id } }');
    const { alertGroups } = await tenant.read('{ alertGroups { nodes { id version } } }');
    const [{ id, version }] = alertGroups.nodes;
    await tenant.read(
      'mutation ($id: ID!, $version: Int!, $change: AlertGroupChange!) { updateAlertGroup(id: $id, version: $version, change: $change) { id } }',
      { id, version, change: { status: 'IN_PROGRESS', assigneeId: users[0].id, note: `Note of ${mark}` } },
    );
  },
  async ({ tenant, mark }) => {
    const document =
      'mutation ($type: [String!]!, $note: String!) { updateAlertGroups(filter: { type: $type }, change: { status: RESOLVED, note: $note }) { id } }';
    const { updateAlertGroups } = await tenant.read(document, { type: [`net-${mark}`], note: `All of ${mark}` });
    const query = 'query ($id: ID!) { bulkChange(id: $id) { status changed } }';
    await vi.waitFor(async () => {
      const { bulkChange } = await tenant.read(query, { id: updateAlertGroups.id });
      if (bulkChange.status !== 'DONE' || bulkChange.changed !== 1) throw new Error(JSON.stringify(bulkChange));
    });
  },
  // What is learned of a source takes days; this is what it comes to.
  async ({ tenant, mark }) => {
    const { intakes } = await tenant.read('{ intakes { id } }');
    const learned = { firstSeen: 1, lastSeen: 2, observations: 3, gap: 60_000, pauseSeen: 0, pause: 0, pauseAt: 0 };
    await tenant.gateway.store.database
      .em()
      .insert(sourceRhythmSchema, { intakeId: intakes[0].id, host: mark, tenantId: tenant.id, ...learned });
  },
];

/** A token of a household with these permissions alone. */
export async function tokenWith({ tenant }: Home, permissions: readonly Permission[]): Promise<string> {
  const { gateway, id } = tenant;
  return (await gateway.createCredential('API_TOKEN', { tenantId: id, permissions })).secret;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/**
 * What of others stands in a text that was sent to a household, or to nobody (undefined): marks, and ids of their rows. What its
 * request said itself may come back.
 */
export function findLeaks(all: Homes, reader: Home | undefined, text: string, request = ''): string[] {
  const others = all.homes.filter((home) => home !== reader);
  const lower = text.toLowerCase();
  const said = request.toLowerCase();
  const marks = others.flatMap((home) => home.marks).filter((mark) => lower.includes(mark) && !said.includes(mark));
  const known = new Set(lower.match(uuid) ?? []);
  const rows = others.flatMap((home) =>
    [...(all.ids.get(home)?.values() ?? [])].flat().filter((id) => known.has(id) && !said.includes(id)),
  );
  return [...marks, ...rows];
}
