import { Readable } from 'node:stream';
import { ThreatIntelRepository } from '../../../../server/modules/threat-intel/threat-intel.repository.ts';
import { ThreatIntelService } from '../../../../server/modules/threat-intel/threat-intel.service.ts';
import * as seen from '../../../support/observations.ts';
import type { TestGateway } from '../../../support/test-gateway.ts';
import type { TestTenant } from '../../../support/test-tenant.ts';

/** A chapter of the vendor's document: its exchanges stand in `<chapter>.json`, in the order in which they are replayed. */
export interface Chapter {
  /** Makes a tenant, which is empty, hold what the exchanges show. */
  readonly fill: (tenant: TestTenant, gateway: TestGateway) => Promise<void>;
  /** Whether numbers, names and versions are what they are here, and only the shape is the vendor's. */
  readonly isShapeOnly?: true;
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
      const network = { name: 'Office LAN', cidr: '10.0.0.0/24', gatewayIp: '10.0.0.1' };
      await tenant.read('mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }', {
        input: network,
      });
      await startAt(gateway, 'device', 123);
      await seeDevice(tenant, 'workstation-01');
    },
  },
  networks: { fill: (_tenant, gateway) => startAt(gateway, 'network', 42) },
  services: {
    fill: async (tenant, gateway) => {
      await seeDevice(tenant, 'Web Server');
      await startAt(gateway, 'observed_service', 1001);
    },
  },
};
