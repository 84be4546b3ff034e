import { cpSync } from 'node:fs';
import type { Bench } from '../bench.ts';
import { tell } from '../bench.ts';
import { Inflow } from '../load/inflow.ts';
import type { OfficeSize } from '../office.ts';
import { fullOffice, quickOffice, storeOffice } from '../office-store.ts';
import type { RawSelectCommands } from '../reference/raw-select.ts';
import { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { checkSums, countRows, createCredential, databaseFile } from '../workspace.ts';
import { measureDeletions, measureExport } from './intrudect-data.ts';
import { measurePages } from './intrudect-pages.ts';
import type { Site } from './intrudect-site.ts';

/** Seconds of alerts that can come in during all of it. */
const mostInflow = { quick: 120, full: 600 };

/** Lists, searches, exports and deletions of the Intrudect Public API on a large store, alone and while alerts come in. */
export async function measureIntrudect(bench: Bench): Promise<void> {
  const { workspace, quick, profileDir } = bench;
  const size = quick ? quickOffice : fullOffice;
  const { dataDir, keys } = await openStore(bench, size);
  const server = await ServerProcess.start({ dataDir, profileDir });
  tell('intrudect: preparing the alerts that come in');
  using inflow = await Inflow.prepare(server.port, keys, quick ? mostInflow.quick : mostInflow.full);
  using raw = new SideProcess<RawSelectCommands>(new URL('../reference/raw-select.ts', import.meta.url));
  const acksAlone = await acknowledgements(bench, server, inflow);
  const { token } = keys;
  const site: Site = { bench, server, dataDir, file: databaseFile(dataDir), token, size, inflow, raw, acksAlone };
  await measurePages(site);
  await measureExport(site);
  const deleted = await measureDeletions(site);
  await server.stop();
  const { alerts } = countRows(dataDir, { deletedAlerts: deleted.alerts });
  const expected = size.networkAlerts + size.serverAlerts + inflow.sent - deleted.alerts;
  if (alerts !== expected) throw new Error(`${alerts} alerts are stored, ${expected} should be`);
  checkSums(dataDir);
  workspace.remove(dataDir);
}

/** A copy of the folder that was given, or a folder filled for this. */
async function openStore({ workspace, office }: Bench, size: OfficeSize) {
  const dataDir = office === undefined ? workspace.freshDir() : workspace.emptyDir();
  if (office === undefined) {
    tell(`intrudect: storing an office of ${size.networkAlerts.toLocaleString('en')} network alerts`);
    await storeOffice(dataDir, workspace.sender, size);
    return { dataDir, keys: workspace.sender };
  }
  tell(`intrudect: copying ${office}`);
  cpSync(office, dataDir, { recursive: true });
  const intakeKey = createCredential(dataDir, 'intake-key').secret;
  return { dataDir, keys: { intakeKey, token: createCredential(dataDir, 'api-token').secret } };
}

async function acknowledgements({ report, quick }: Bench, server: ServerProcess, inflow: Inflow) {
  await inflow.seconds(1);
  await server.metrics();
  const acks = await inflow.seconds(quick ? 3 : 10);
  const { loopDelay } = await server.metrics();
  const [p50, p99] = [median(acks), percentile(acks, 99)];
  const section = 'intrudect';
  report.add({ section, name: '200 alerts/s come in, nothing is asked for: p50', unit: 'ms', ours: p50 });
  report.add({ section, name: '  p99', unit: 'ms', ours: p99 });
  report.add({ section, name: '  event-loop delay p99', unit: 'ms', ours: loopDelay.p99 });
  return { p50, p99 };
}
