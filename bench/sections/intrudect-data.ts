import { join } from 'node:path';
import { quietRun, type Watch } from '../bench.ts';
import { nowMs } from '../clock.ts';
import type { ExporterCommands } from '../load/exporter.ts';
import { SideProcess } from '../side-process.ts';
import { percentile } from '../statistics.ts';
import type { Site } from './intrudect-site.ts';

const section = 'intrudect';
const loopGoal = { of: 'ours', atMost: 50 } as const;
const countNetworkAlerts = "select count(*) from alert where kind = 'NETWORK'";

interface ExportRun {
  readonly seconds: number;
  readonly firstByteSeconds: number;
  readonly megabytes: number;
  readonly growthMb: number | undefined;
  readonly loop: number;
  readonly acks: number;
  readonly raw: number;
}

/** All network alerts as a ZIP archive, read to its end and checked: alone, and while alerts come in. */
export async function measureExport(site: Site): Promise<void> {
  const { bench, acksAlone } = site;
  const run = await quietRun(bench, 'intrudect: export of network alerts', (watch) => runExport(site, watch));
  const add = bench.report.add.bind(bench.report);
  const name = `export of ${site.size.networkAlerts.toLocaleString('en')} network alerts`;
  const reference = { name: 'plain SQL, not packed', value: run.raw };
  const isFull = !bench.quick;
  add({ section, name, unit: 's', ours: run.seconds, reference, ...(isFull && { goal: { of: 'ours', atMost: 60 } }) });
  add({ section, name: '  until its head', unit: 's', ours: run.firstByteSeconds });
  add({ section, name: '  size of the archive', unit: 'MB', ours: run.megabytes });
  if (run.growthMb !== undefined) {
    const goal = { of: 'ours', atMost: 150 } as const;
    add({ section, name: '  growth of resident memory', unit: 'MB', ours: run.growthMb, goal });
  }
  add({ section, name: '  event-loop delay p99, 200 alerts/s coming in', unit: 'ms', ours: run.loop, goal: loopGoal });
  const alone = { name: 'nothing asked', value: acksAlone.p99 };
  add({ section, name: '  acknowledgement p99', unit: 'ms', ours: run.acks, reference: alone });
}

async function runExport(
  { server, token, dataDir, inflow, raw, file: database }: Site,
  watch: Watch,
): Promise<ExportRun> {
  using exporter = new SideProcess<ExporterCommands>(new URL('../load/exporter.ts', import.meta.url));
  const file = join(dataDir, 'export.zip');
  const body = { datasets: ['network_alerts'], filters: {} };
  const fetchAll = () => exporter.ask('export', { port: server.port, token, body, file });
  const records = async () => (await exporter.ask('countRecords', { file, name: 'networkalerts.csv' })).records;
  const stored = () => raw.ask('value', { file: database, sql: countNetworkAlerts });

  const before = await stored();
  server.resetPeak();
  const resident = server.memoryMb('VmRSS');
  const { seconds, firstByteSeconds, bytes } = await watch(fetchAll);
  const peak = server.memoryMb('VmHWM');
  const found = await records();
  if (found !== before) throw new Error(`The export holds ${found} alerts of ${before}`);
  const plain = await watch(() => raw.ask('export', { file: database, to: join(dataDir, 'export.csv') }));

  await server.metrics();
  const { acks } = await watch(() => inflow.during(fetchAll));
  const { loopDelay } = await server.metrics();
  const [foundBusy, after] = [await records(), await stored()];
  if (foundBusy < before || foundBusy > after)
    throw new Error(`The export holds ${foundBusy} of ${before} to ${after}`);
  return {
    seconds,
    firstByteSeconds,
    megabytes: bytes / 2 ** 20,
    growthMb: peak === undefined || resident === undefined ? undefined : peak - resident,
    loop: loopDelay.p99,
    acks: percentile(acks, 99),
    raw: plain.seconds,
  };
}

interface Deletion {
  readonly name: string;
  readonly table: string;
  readonly to: string;
  /** Counts what is to go, up to an instant. */
  readonly count: (until: number) => string;
}

/** The office begins on the fifth. */
const deletions: readonly Deletion[] = [
  {
    name: 'network alerts of six days',
    table: 'network_alerts',
    to: '2026-01-10',
    count: (until) => `${countNetworkAlerts} and occurred_at < ${until}`,
  },
  {
    name: 'look-ups of two days',
    table: 'dns_metadata',
    to: '2026-01-06',
    count: (until) => `select count(*) from dns_record where occurred_at < ${until}`,
  },
];

/** The oldest part of two data sets goes while alerts come in; answers how many alerts went. */
export async function measureDeletions(site: Site): Promise<{ alerts: number }> {
  const gone: Record<string, number> = {};
  for (const deletion of deletions) gone[deletion.table] = await measureDeletion(site, deletion);
  return { alerts: gone['network_alerts'] ?? 0 };
}

async function measureDeletion(site: Site, { name, table, to, count }: Deletion): Promise<number> {
  const { bench, server, token, inflow, raw, file, acksAlone } = site;
  const dayMs = 24 * 3_600_000;
  const sql = count(Date.parse(to) + dayMs);
  const expected = await raw.ask('value', { file, sql });
  await server.metrics();
  const { value, acks } = await inflow.during(async () => {
    const startedAt = nowMs();
    const response = await fetch(`http://127.0.0.1:${server.port}/api/v1/data/delete`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ table, filters: { from: '2026-01-01', to } }),
    });
    const body = await response.text();
    if (response.status !== 200) throw new Error(`A deletion was answered ${response.status}: ${body}`);
    return {
      seconds: (nowMs() - startedAt) / 1000,
      deleted: (JSON.parse(body) as { deleted_rows: number }).deleted_rows,
    };
  });
  const { loopDelay } = await server.metrics();
  const left = await raw.ask('value', { file, sql });
  const { seconds, deleted } = value;
  if (deleted !== expected || left !== 0)
    throw new Error(`${expected} ${name} were to go, ${deleted} did, ${left} are left`);
  const add = bench.report.add.bind(bench.report);
  add({
    section,
    name: `deleting ${deleted.toLocaleString('en')} ${name}, 200 alerts/s coming in`,
    unit: 's',
    ours: seconds,
  });
  add({ section, name: '  rows', unit: 'rows/s', ours: deleted / seconds });
  add({ section, name: '  event-loop delay p99', unit: 'ms', ours: loopDelay.p99, goal: loopGoal });
  const alone = { name: 'nothing asked', value: acksAlone.p99 };
  add({ section, name: '  acknowledgement p99', unit: 'ms', ours: percentile(acks, 99), reference: alone });
  add({ section, name: '  longest acknowledgement', unit: 'ms', ours: Math.max(...acks) });
  return deleted;
}
