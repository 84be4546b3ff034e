import Database from 'better-sqlite3';
import { askServer } from './graphql.ts';
import type { FillerCommands } from './load/filler.ts';
import type { OfficeSize } from './office.ts';
import { officeNetworks, ownHosts } from './office-hosts.ts';
import { ServerProcess } from './server-process.ts';
import { SideProcess } from './side-process.ts';
import { checkSums, countRows, databaseFile, type Sender } from './workspace.ts';

/** What is needed to fill a folder and to ask a server that runs on it. */
export type Owner = Pick<Sender, 'token' | 'tenantId' | 'intakeId'>;

/** What goals are stated for. */
export const fullOffice: OfficeSize = {
  networkAlerts: 1_000_000,
  serverAlerts: 50_000,
  lookups: 5_000_000,
  leases: 105_000,
};

/** What a quick run makes do with. */
export const quickOffice: OfficeSize = { networkAlerts: 50_000, serverAlerts: 2500, lookups: 100_000, leases: 3500 };

/** One host in seven has been given a name by people. */
const namedEvery = 7;

const createNetwork = 'mutation ($input: CreateNetworkInput!) { createNetwork(input: $input) { id } }';
const updateDevice = 'mutation ($input: UpdateDeviceInput!) { updateDevice(input: $input) { id } }';

/** Fills a data folder that has tables and no events: networks, records, and friendly names of some devices. */
export async function storeOffice(dataDir: string, owner: Owner, size: OfficeSize): Promise<void> {
  await withServerOn(dataDir, async (server) => {
    for (const input of officeNetworks) {
      await askServer(server, owner.token, createNetwork, { input });
    }
  });
  using filler = new SideProcess<FillerCommands>(new URL('./load/filler.ts', import.meta.url));
  await filler.ask('fillOffice', { dataDir, sender: owner, size });
  await withServerOn(dataDir, async (server) => {
    for (let id = 1; id <= ownHosts.length; id += namedEvery) {
      const input = { id, friendlyName: `Asset ${String(id).padStart(4, '0')}` };
      await askServer(server, owner.token, updateDevice, { input });
    }
  });
  checkSize(dataDir, size);
  checkSums(dataDir);
}

/** Throws when other rows are stored than the size says. */
function checkSize(dataDir: string, size: OfficeSize): void {
  const { alerts } = countRows(dataDir);
  const database = new Database(databaseFile(dataDir), { readonly: true });
  const one = (sql: string) => database.prepare(sql).pluck().get() as number;
  const expected: readonly [what: string, found: number, wanted: number][] = [
    ['alerts', alerts, size.networkAlerts + size.serverAlerts],
    ['network alerts', one("select count(*) from alert where kind = 'NETWORK'"), size.networkAlerts],
    ['look-ups', one('select count(*) from dns_record'), size.lookups],
    ['leases', one('select count(*) from dhcp_record'), size.leases],
    ['devices', one('select count(*) from device'), Math.min(size.leases, ownHosts.length)],
  ];
  database.close();
  const wrong = expected.filter(([, found, wanted]) => found !== wanted);
  if (wrong.length > 0) throw new Error(`Found and wanted: ${JSON.stringify(wrong)}`);
}

async function withServerOn(dataDir: string, use: (server: ServerProcess) => Promise<void>): Promise<void> {
  const server = await ServerProcess.start({ dataDir });
  await use(server);
  await server.stop();
}
