import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { aJournalGroup } from './journal-rows.ts';
import * as seen from './observations.ts';
import type { TestGateway } from './test-gateway.ts';
import type { TestTenant } from './test-tenant.ts';

/** A tenant with what it holds, known from what was sent and not from what is read. */
export interface Household {
  readonly name: string;
  readonly tenant: TestTenant;
  /** Events in the order they were sent: one quiet, two alike, one between addresses. */
  readonly events: string[];
  readonly alerts: string[];
}

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

const noon = Date.UTC(2026, 5, 3, 12);
const span = `{ from: "2026-06-03T00:00:00Z", to: "2026-06-04T00:00:00Z" }`;
const createNetwork = 'mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id name } }';
const networks = '{ networks { id name cidr } }';
const services = '{ services { authorized tcpPorts { id port authorized } } }';
const servicesOf = (data: { services: { tcpPorts: { id: string }[] }[] }) =>
  data.services.flatMap(({ tcpPorts }) => tcpPorts);
const serviceRules = '{ serviceRules { id port } }';
const rulesOf = (data: { serviceRules: { id: string; port: number }[] }) => data.serviceRules;
const networksOf = (data: { networks: { id: string }[] }) => data.networks;

/** What tenants that see the same network see of each other's devices, networks and records, for each root field that shows them. */
export function networkViews(
  all: () => readonly Household[],
  gateway: () => TestGateway,
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  const tenants = () => all().map(({ tenant }) => tenant);

  /** What every tenant's network says of itself: the same addresses, under names that hold the tenant's id. */
  let whatIsSeen: Promise<unknown> | undefined;

  function seeNetworks(): Promise<unknown> {
    const households = all();
    whatIsSeen ??= Promise.all(
      households.map(async ({ tenant }, index) => {
        const observations = [
          seen.aDevice({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.25', hostname: tenant.id }),
          seen.aService(),
          seen.aLookup({ query: tenant.id }),
          seen.aConnection({ state: tenant.id }),
          seen.aSample({ interface: tenant.id }),
          seen.aBackup({ jobId: tenant.id }),
        ];
        const group = aJournalGroup([{ tenantId: tenant.id, agent: tenant.id, occurredAt: noon, observations }]);
        await gateway().store.database.commit(group);
        await tenant.read(createNetwork, { input: { name: tenant.id, cidr: '10.0.0.0/24' } });
        const rule = `{ effect: ALLOW, address: "10.77.0.0/16", port: ${index + 1} }`;
        await tenant.read(`mutation { createServiceRule(input: ${rule}) { id } }`);
      }),
    );
    return whatIsSeen;
  }

  /** What is read is the tenant's own, its id in the right place. */
  const sees =
    (document: string, found: (tenant: TestTenant) => object) =>
    async ({ tenant }: Household) => {
      await seeNetworks();
      expect(await tenant.read(document)).toEqual(found(tenant));
    };

  /** A change of one tenant's thing is refused to another as if it were not there, and leaves it as it was. */
  const changes = (
    name: string,
    input: (id: string) => string,
    list: string,
    nodes: (data: never) => { id: string }[],
  ) => {
    return async (home: Household) => {
      await seeNetworks();
      const change = (id: string) => home.tenant.graphql(`mutation { ${name}(${input(id)}) { id } }`);
      for (const { tenant } of all().filter((other) => other !== home)) {
        const before = await tenant.read(list);
        for (const id of ids(nodes(before as never))) {
          expect((await change(id)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
        }
        expect(await tenant.read(list)).toEqual(before);
      }
      const [own] = ids(nodes((await home.tenant.read(list)) as never));
      expect(await change(String(own))).toEqual({ data: { [name]: { id: own } } });
    };
  };

  return {
    'Query.device': async (home) => {
      await seeNetworks();
      const theirs = await Promise.all(
        all().map(async ({ tenant }) => ids((await tenant.read('{ devices { nodes { id } } }')).devices.nodes)),
      );
      for (const [index, { tenant }] of all().entries()) {
        const [id] = theirs[index] ?? [];
        const expected = tenant === home.tenant ? { hostname: tenant.id } : null;
        expect((await home.tenant.read(`{ device(id: "${id}") { hostname } }`)).device).toEqual(expected);
      }
    },
    'Subscription.deviceChanged': async ({ tenant }) => {
      await seeNetworks();
      const { feedCursor: after } = await tenant.read('{ feedCursor }');
      const document = 'subscription ($after: String) { deviceChanged(after: $after) { device { hostname } } }';
      const live = await tenant.live(document, { after });
      // The tenant's own comes last: once it is there, all others' have gone by.
      for (const each of [...tenants().filter((other) => other !== tenant), tenant]) {
        const { devices } = await each.read('{ devices { nodes { id } } }');
        const input = { id: devices.nodes[0].id, friendlyName: each.id };
        await each.read('mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { id } }', { input });
      }
      expect((await live.next()).payload.data).toEqual({ deviceChanged: { device: { hostname: tenant.id } } });
      live.drop();
    },
    'Query.devicePage': sees('{ devicePage { totalCount nodes { hostname } } }', ({ id }) => ({
      devicePage: { totalCount: 1, nodes: [{ hostname: id }] },
    })),
    'Query.devices': sees(
      '{ devices { totalCount nodes { hostname network { name } addresses { ip } } } }',
      ({ id }) => ({
        devices: { totalCount: 1, nodes: [{ hostname: id, network: { name: id }, addresses: [{ ip: '10.0.0.25' }] }] },
      }),
    ),
    'Query.networks': sees('{ networks { name } }', ({ id }) => ({ networks: [{ name: id }] })),
    'Query.services': sees('{ services(filter: { port: [443] }) { name tcpPorts { port } } }', ({ id }) => ({
      services: [{ name: id, tcpPorts: [{ port: 443 }] }],
    })),
    'Query.flowRecords': sees(
      '{ flowRecords { totalCount nodes { agent event { tenantId } ... on DnsRecord { query } ... on TcpRecord { state } } } }',
      ({ id }) => {
        const common = { agent: id, event: { tenantId: id } };
        return {
          flowRecords: {
            totalCount: 2,
            nodes: [
              { ...common, state: id },
              { ...common, query: id },
            ],
          },
        };
      },
    ),
    'Query.dnsActivity': sees(`{ dnsActivity(span: ${span}) { lookups } }`, () => ({ dnsActivity: [{ lookups: 1 }] })),
    'Query.tcpActivity': sees(`{ tcpActivity(span: ${span}) { connections } }`, () => ({
      tcpActivity: [{ connections: 1 }],
    })),
    'Query.telemetry': sees('{ telemetry { totalCount nodes { interface event { tenantId } } } }', ({ id }) => ({
      telemetry: { totalCount: 1, nodes: [{ interface: id, event: { tenantId: id } }] },
    })),
    'Query.backupEvents': sees('{ backupEvents { totalCount nodes { jobId event { tenantId } } } }', ({ id }) => ({
      backupEvents: { totalCount: 1, nodes: [{ jobId: id, event: { tenantId: id } }] },
    })),
    'Mutation.updateDevice': changes(
      'updateDevice',
      (id) => `input: { id: "${id}", friendlyName: "x" }`,
      '{ devices { nodes { id friendlyName } } }',
      (data: { devices: { nodes: { id: string }[] } }) => data.devices.nodes,
    ),
    'Mutation.updateNetwork': changes(
      'updateNetwork',
      (id) => `input: { id: "${id}", cidr: "10.9.0.0/16" }`,
      networks,
      networksOf,
    ),
    'Mutation.createNetwork': async ({ tenant }) => {
      await seeNetworks();
      const { createNetwork: made } = await tenant.read(createNetwork, { input: { name: 'Lab', cidr: '10.8.0.0/16' } });
      for (const { tenant: other } of all()) {
        const found = ids((await other.read('{ networks { id } }')).networks);
        expect(found.includes(made.id)).toBe(other === tenant);
      }
    },
    'Mutation.createService': async ({ tenant }) => {
      await seeNetworks();
      const input = '{ serviceIp: "10.0.0.77", port: 8080, proto: tcp }';
      const { createService: made } = await tenant.read(`mutation { createService(input: ${input}) { id } }`);
      for (const { tenant: other } of all()) {
        expect(ids(servicesOf(await other.read(services))).includes(made.id)).toBe(other === tenant);
      }
      await tenant.read(`mutation { deleteService(id: "${made.id}") { id } }`);
    },
    'Mutation.authorizeService': async ({ tenant }) => {
      await seeNetworks();
      const others = all().filter((other) => other.tenant !== tenant);
      const read = () => Promise.all(others.map((other) => other.tenant.read(services)));
      const before = await read();
      const input = '{ serviceIp: "10.0.0.25", port: 443, proto: tcp }';
      const found = await tenant.read(`mutation { authorizeService(input: ${input}) { service { id authorized } } }`);
      const [own] = servicesOf(await tenant.read(services));
      expect(found).toEqual({ authorizeService: { service: { id: own?.id, authorized: true } } });
      expect(await read()).toEqual(before);
    },
    'Query.allowedServices': async ({ tenant }) => {
      await seeNetworks();
      const place = `serviceIp: "10.0.0.33", proto: udp, port: ${tenants().indexOf(tenant) + 1}`;
      await tenant.read(`mutation { authorizeService(input: { ${place} }) { port } }`);
      const { allowedServices } = await tenant.read('{ allowedServices { serviceIp port } }');
      const udp = allowedServices.filter(({ serviceIp }: { serviceIp: string }) => serviceIp === '10.0.0.33');
      expect(udp).toEqual([{ serviceIp: '10.0.0.33', port: tenants().indexOf(tenant) + 1 }]);
      await tenant.read(`mutation { disallowService(input: { ${place} }) { port } }`);
    },
    'Mutation.disallowService': async ({ tenant }) => {
      await seeNetworks();
      const input = 'input: { serviceIp: "10.0.0.34", port: 9, proto: tcp }';
      const disallow = `mutation { disallowService(${input}) { port } }`;
      for (const other of tenants()) await other.read(`mutation { authorizeService(${input}) { port } }`);
      await tenant.read(disallow);
      expect((await tenant.graphql(disallow)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
      for (const other of tenants().filter((one) => one !== tenant)) {
        expect(await other.read(disallow)).toEqual({ disallowService: { port: 9 } });
      }
    },
    'Query.serviceRules': async ({ tenant }) => {
      await seeNetworks();
      expect(rulesOf(await tenant.read(serviceRules)).map(({ port }) => port)).toEqual([tenants().indexOf(tenant) + 1]);
    },
    'Mutation.createServiceRule': async ({ tenant }) => {
      await seeNetworks();
      const read = () => Promise.all(tenants().map((other) => other.read(services)));
      const before = await read();
      const input = '{ effect: EXCLUDE, address: "10.0.0.0/24", port: 443 }';
      const { createServiceRule: made } = await tenant.read(`mutation { createServiceRule(input: ${input}) { id } }`);
      const own = tenants().indexOf(tenant);
      const after = await read();
      expect(after[own].services).toMatchObject([{ authorized: true, tcpPorts: [{ authorized: true }] }]);
      expect(after.toSpliced(own, 1)).toEqual(before.toSpliced(own, 1));
      await tenant.read(`mutation { deleteServiceRule(id: "${made.id}") { id } }`);
      expect(await read()).toEqual(before);
    },
    'Mutation.deleteServiceRule': changes('deleteServiceRule', (id) => `id: "${id}"`, serviceRules, rulesOf),
    'Mutation.authorizeServiceById': changes('authorizeServiceById', (id) => `id: "${id}"`, services, servicesOf),
    'Mutation.updateService': changes(
      'updateService',
      (id) => `input: { id: "${id}", lastSeen: "2026-06-03T13:00:00Z" }`,
      services,
      servicesOf,
    ),
    'Mutation.deleteService': changes('deleteService', (id) => `id: "${id}"`, services, servicesOf),
    'Mutation.deleteNetwork': changes('deleteNetwork', (id) => `id: "${id}"`, networks, networksOf),
    // They hold no tenant's data: the lists belong to the installation, and what they name is the same for all.
    'Query.threatLists': async ({ tenant }) => {
      await gateway().store.threatIntel.replace('TOR_RELAY', 'relays.txt', Readable.from([Buffer.from('192.0.2.1\n')]));
      expect(await tenant.read('{ threatLists { kind source count } }')).toEqual({
        threatLists: [{ kind: 'TOR_RELAY', source: 'relays.txt', count: 1 }],
      });
    },
  };
}
