import { Readable } from 'node:stream';
import type { DeviceSeen } from '../../../../server/ingest/observation.ts';
import { ThreatIntelRepository } from '../../../../server/modules/threat-intel/threat-intel.repository.ts';
import { ThreatIntelService } from '../../../../server/modules/threat-intel/threat-intel.service.ts';
import { type AlertRecord, anAlertGroup } from '../../../support/alert-rows.ts';
import * as seen from '../../../support/observations.ts';
import type { TestGateway } from '../../../support/test-gateway.ts';
import type { TestTenant } from '../../../support/test-tenant.ts';

/** A chapter of the vendor's document: its exchanges stand in `<chapter>.json`, in the order in which a server is sent them. */
export interface Chapter {
  /** Makes a tenant, which is empty, hold what the exchanges show. */
  readonly fill: (tenant: TestTenant, gateway: TestGateway) => Promise<void>;
  /** Whether numbers, names and versions are what they are here, and only the shape is the vendor's. */
  readonly isShapeOnly?: true;
  /** Members of the replies that cannot be what is printed, and what they are instead. */
  readonly otherwise?: Readonly<Record<string, unknown>>;
}

/** The instant of a local time as the vendor prints it, in the zone of the server under test. */
const at = (local: string) => Date.parse(`${local.replace(' ', 'T')}+02:00`);

const first = at('2026-06-01 09:15:00');
const last = at('2026-06-03 10:30:00');

/** Lets the next row of a table have the number that the vendor prints. */
async function startAt(gateway: TestGateway, table: string, id: number): Promise<void> {
  const em = gateway.store.database.em();
  if (gateway.store.database.kind === 'postgres') {
    await em.execute(`select setval(pg_get_serial_sequence('${table}', 'id'), ${id}, false)`);
  } else {
    await em.execute(`delete from sqlite_sequence where name = '${table}'`);
    await em.execute(`insert into sqlite_sequence (name, seq) values ('${table}', ${id - 1})`);
  }
}

/** The number of the alert that the vendor prints. */
const alertId = 12_345;

/** Stores alerts of the agent and time that the vendor prints, numbered from his on. */
async function raise(tenant: TestTenant, { store }: TestGateway, ...alerts: AlertRecord[]): Promise<void> {
  await store.database.em().execute('update journal_head set event_seq = ?', [alertId - 1]);
  const printed = alerts.map((alert) => ({ agent: 'agent-hash', occurredAt: last, ...alert }));
  await store.database.commit(anAlertGroup(tenant.id, printed));
}

const failedPassword: AlertRecord = {
  kind: 'SERVER',
  agentName: 'Syslog sensor',
  host: 'server-01',
  severity: 3,
  type: 'auth',
  title: 'Failed password',
  message: 'sshd[100]: Failed password for root from 10.0.0.25',
  fingerprint: 'auth',
};

async function nameNetwork(tenant: TestTenant, input: { name: string; cidr: string; gatewayIp?: string }) {
  await tenant.read('mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }', { input });
}

/** A host that somebody has given a name. */
async function nameDevice(tenant: TestTenant, friendlyName: string, device: Partial<DeviceSeen>): Promise<void> {
  await tenant.observe({ occurredAt: first, observations: [seen.aDevice(device)] });
  const { devices } = await tenant.read('query ($filter: DeviceFilter) { devices(filter: $filter) { nodes { id } } }', {
    filter: { ip: [device.ip] },
  });
  const input = { id: devices.nodes[0].id, friendlyName };
  await tenant.read('mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { id } }', { input });
}

/** A host seen twice. */
async function seeDevice(tenant: TestTenant, hostname: string): Promise<void> {
  const device = { mac: 'AA:BB:CC:DD:EE:FF', ip: '10.0.0.25', hostname, vendor: 'Example Networks' };
  for (const occurredAt of [first, last]) {
    await tenant.observe({ occurredAt, observations: [seen.aDevice(device)] });
  }
}

export const chapters: Readonly<Record<string, Chapter>> = {
  about: {
    isShapeOnly: true,
    fill: async (tenant, gateway) => {
      const flow = [seen.aConnection(), seen.aLookup()];
      await tenant.observe(
        { occurredAt: at('2026-06-01 00:00:00'), observations: flow },
        { occurredAt: at('2026-06-01 00:10:00'), observations: [seen.aLease()] },
        { occurredAt: at('2026-06-01 00:15:00'), observations: [seen.aRequest()] },
        { occurredAt: at('2026-06-06 09:45:00'), observations: [seen.aRequest()] },
        { occurredAt: at('2026-06-06 09:55:00'), observations: [seen.aLease()] },
        { occurredAt: at('2026-06-06 10:30:00'), observations: flow },
      );
      const lists = new ThreatIntelRepository(gateway.store.database);
      const importer = new ThreatIntelService(lists, () => at('2026-06-06 06:00:00'));
      for (const [kind, entry] of [
        ['TOR_RELAY', '192.0.2.1'],
        ['MISP_IP', '192.0.2.2'],
        ['MISP_DOMAIN', 'bad.example'],
      ] as const) {
        await importer.replace(kind, 'list.txt', Readable.from([Buffer.from(`${entry}\n`)]));
      }
    },
  },
  devices: {
    fill: async (tenant, gateway) => {
      await nameNetwork(tenant, { name: 'Office LAN', cidr: '10.0.0.0/24', gatewayIp: '10.0.0.1' });
      await startAt(gateway, 'device', 123);
      await seeDevice(tenant, 'workstation-01');
    },
  },
  networks: { fill: (_tenant, gateway) => startAt(gateway, 'network', 42) },
  'network-alerts': {
    // The vendor numbers captures by themselves; here a capture has the number of its alert.
    otherwise: { pcap_id: alertId },
    fill: async (tenant, gateway) => {
      await nameNetwork(tenant, { name: 'Office LAN', cidr: '10.0.0.0/24' });
      await nameNetwork(tenant, { name: 'Server LAN', cidr: '10.0.0.48/28' });
      const [alice, rdp] = ['AA:BB:CC:DD:EE:FF', '11:22:33:44:55:66'];
      await nameDevice(tenant, 'Alice Laptop', { mac: alice, ip: '10.0.0.25', hostname: 'workstation-01' });
      await nameDevice(tenant, 'RDP Server', { mac: rdp, ip: '10.0.0.50', hostname: 'server-01' });
      await raise(tenant, gateway, {
        agentName: 'Office sensor',
        severity: 4,
        type: 'portscan',
        source: ['10.0.0.25', alice, 53_000],
        destination: ['10.0.0.50', rdp, 3389],
        title: 'Port scan detected',
        message: 'Example alert message',
        observations: [seen.aPacket()],
      });
    },
  },
  'server-alerts': { fill: (tenant, gateway) => raise(tenant, gateway, failedPassword) },
  'data-management': {
    fill: async (tenant, gateway) => {
      // What no exchange asks for stands beside what each asks for: nothing else may be exported, counted or deleted.
      const beacon: AlertRecord = {
        severity: 4,
        destination: ['93.184.216.34', null, 443],
        title: 'Beacon of malware',
      };
      const others: AlertRecord[] = [
        { ...beacon, severity: 3 },
        { ...beacon, occurredAt: first },
        { ...beacon, source: ['10.0.1.25'], title: 'Scan' },
        { ...beacon, destination: ['93.184.216.34', null, 80], title: 'Scan' },
      ];
      const another = { ...failedPassword, agent: 'another-hash' };
      await raise(tenant, gateway, ...Array<AlertRecord>(12).fill(beacon), ...others, failedPassword, another);
      const lookups = [seen.aLookup({ query: 'www.example.com' }), seen.aLookup({ query: 'example.org' })];
      await tenant.observe({ occurredAt: last, observations: lookups }, { occurredAt: first, observations: lookups });
    },
  },
  services: {
    fill: async (tenant, gateway) => {
      await seeDevice(tenant, 'Web Server');
      await startAt(gateway, 'observed_service', 1001);
    },
  },
};
