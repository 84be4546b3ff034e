import { vi } from 'vitest';
import { sourceRhythmSchema } from '../../../server/watch/source-rhythm.entity.ts';
import { aNetworkAlert, aWazuhAlert } from '../builders.ts';
import * as seen from '../observations.ts';
import type { Receiver } from '../receiver.ts';
import type { Home } from './homes.ts';

/** What a household does once when it moves in. */
export type Furnish = (home: Home, receiver: Receiver) => Promise<unknown>;

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
export const furnishings: readonly Furnish[] = [
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
  make('mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }', ({ mark }) => ({
    input: { name: `Role of ${mark}`, permissions: ['ALERTS_READ'] },
  })),
  make('mutation ($input: CreateSavedViewInput!) { createSavedView(input: $input) { id } }', ({ mark }) => ({
    input: { name: `View of ${mark}`, screen: 'alerts', query: JSON.stringify({ search: mark }), isShared: true },
  })),
  async ({ tenant: { gateway, id: tenantId }, mark }) => {
    const { store } = gateway;
    const { id: roleId } = await store.users.findRole(tenantId, `Role of ${mark}`);
    const user = await store.users.create(tenantId, {
      email: `shift@${mark}.example`,
      name: `Shift of ${mark}`,
      roleId,
    });
    await store.sessions.start(user);
  },
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
  make('mutation ($input: RetentionInput!) { updateRetention(input: $input) { rows } }', ({ number }) => ({
    input: { dataSet: 'BACKUPS', keepDays: 36_000 + number },
  })),
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
