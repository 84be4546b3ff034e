import { type Bench, expectRows, quietRun, type Watch, withServer } from '../bench.ts';
import type { FormName } from '../forms.ts';
import type { SenderCommands } from '../load/sender.ts';
import type { BareExpressCommands } from '../reference/bare-express.ts';
import type { RawCommands, RawOptions } from '../reference/raw-inserter.ts';
import type { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median } from '../statistics.ts';
import { countRows, databaseFile, type RowCounts } from '../workspace.ts';

export interface Shape {
  readonly form: FormName;
  readonly perRequest: number;
  readonly connections: number;
  /** Share of the raw insert's rate that must be reached, where there is a goal. */
  readonly goal?: number;
}

const shapes: readonly Shape[] = [
  { form: 'wazuh', perRequest: 1000, connections: 4, goal: 0.6 },
  { form: 'wazuh', perRequest: 100, connections: 16, goal: 0.7 },
];

export interface BatchRun {
  readonly rate: number;
  readonly loopP99: number;
  readonly loopMax: number;
  readonly peakMb: number | undefined;
  readonly cpuUs: number;
  readonly rows: RowCounts;
}

/** Sends the events `from` up to, not including, `to`; answers how many a second were taken. */
type SendBatches = (port: number, from: number, to: number) => Promise<number>;

/** What is sent to a server in one run; the first `warmUp` of `total` events do not count. */
interface Batches {
  readonly warmUp: number;
  readonly total: number;
  readonly send: SendBatches;
  /** Settings of the server beyond the usual ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is to be done on the server before the first event. */
  readonly prepare?: (server: ServerProcess) => Promise<unknown>;
}

export function batchCounts({ quick }: Bench): { warmUp: number; count: number; total: number } {
  const [warmUp, count] = quick ? [5000, 20_000] : [10_000, 60_000];
  return { warmUp, count, total: warmUp + count };
}

/** Has a sender write out its requests. */
export async function prepareBatches(
  bench: Bench,
  sender: SideProcess<SenderCommands>,
  { form, perRequest, connections }: Shape,
): Promise<SendBatches> {
  const { total } = batchCounts(bench);
  await sender.ask('prepare', { keys: bench.workspace.sender, form, from: 0, to: total, perRequest });
  return async (port, from, to) => {
    const range = { from: from / perRequest, to: to / perRequest };
    return (to - from) / (await sender.ask('send', { port, connections, ...range })).seconds;
  };
}

/** Batches of Wazuh alerts. */
export function measureIngest(bench: Bench): Promise<void> {
  return measureBatches(bench, 'ingest', shapes);
}

/** Batches over HTTP, beside a bare loop that inserts the same rows and beside a route that only parses and answers. */
export async function measureBatches(bench: Bench, section: string, shapes: readonly Shape[]): Promise<void> {
  const { warmUp, count, total } = batchCounts(bench);
  using sender = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  using raw = new SideProcess<RawCommands>(new URL('../reference/raw-inserter.ts', import.meta.url));
  using express = new SideProcess<BareExpressCommands>(new URL('../reference/bare-express.ts', import.meta.url));
  const bare = await express.ask('listen', undefined);
  const all: BatchRun[] = [];
  for (const shape of shapes) {
    const { form, perRequest } = shape;
    await raw.ask('prepare', { sender: bench.workspace.sender, count: total, form });
    const send = await prepareBatches(bench, sender, shape);
    const ours: BatchRun[] = [];
    const raws: { rate: number; cpuUs: number }[] = [];
    const bareRates: number[] = [];
    for (let run = 1; run <= bench.runs; run++) {
      const what = `${section}: ${form}, ${perRequest} a request, run ${run} of ${bench.runs}`;
      const once = await quietRun(bench, what, async (watch) => {
        const mine = await runOurs(bench, { warmUp, total, send }, watch);
        const reference = await runRaw(bench, raw, { perCommit: perRequest, warmUp, count }, watch);
        if (JSON.stringify(mine.rows) !== JSON.stringify(reference.rows)) {
          throw new Error(`Ours stored ${JSON.stringify(mine.rows)}, raw ${JSON.stringify(reference.rows)}`);
        }
        await send(bare.port, 0, warmUp);
        return { mine, raw: reference, bare: await watch(() => send(bare.port, warmUp, total)) };
      });
      ours.push(once.mine);
      raws.push(once.raw);
      bareRates.push(once.bare);
    }
    all.push(...ours);
    addLines(bench, section, shape, ours, raws, median(bareRates));
  }
  const add = bench.report.add.bind(bench.report);
  const peaks = all.flatMap(({ peakMb }) => peakMb ?? []);
  if (peaks.length > 0) {
    const goal = { of: 'ours', atMost: 400 } as const;
    add({ section, name: 'highest resident memory of all these runs', unit: 'MB', ours: Math.max(...peaks), goal });
  }
  add({
    section,
    name: 'event-loop delay p99, median of these runs',
    unit: 'ms',
    ours: median(all.map(({ loopP99 }) => loopP99)),
    goal: { of: 'ours', atMost: 10 },
  });
  const longest = Math.max(...all.map(({ loopMax }) => loopMax));
  add({ section, name: 'longest event-loop delay of all', unit: 'ms', ours: longest });
}

/** One run against a server of its own. */
export async function runOurs(
  bench: Bench,
  { warmUp, total, send, env, prepare }: Batches,
  watch: Watch,
): Promise<BatchRun> {
  const measure = async (server: ServerProcess) => {
    await prepare?.(server);
    await send(server.port, 0, warmUp);
    // Reading the metrics starts the period that the event-loop delay is taken over.
    const before = await server.metrics();
    const rate = await watch(() => send(server.port, warmUp, total));
    const after = await server.metrics();
    const cpuSeconds = after.get('process_cpu_seconds_total') - before.get('process_cpu_seconds_total');
    const { p99, max } = after.loopDelay;
    const cpuUs = (cpuSeconds * 1e6) / (total - warmUp);
    return { rate, loopP99: p99, loopMax: max, peakMb: server.memoryMb('VmHWM'), cpuUs };
  };
  const { result, rows } = await withServer(bench, measure, env);
  expectRows(rows, total);
  return { ...result, rows };
}

async function runRaw(
  { workspace }: Bench,
  raw: SideProcess<RawCommands>,
  options: Omit<RawOptions, 'file'>,
  watch: Watch,
): Promise<{ rate: number; cpuUs: number; rows: RowCounts }> {
  const dataDir = workspace.freshDir();
  const { seconds, cpuSeconds } = await watch(() => raw.ask('insert', { file: databaseFile(dataDir), ...options }));
  const rows = countRows(dataDir);
  workspace.remove(dataDir);
  return { rate: options.count / seconds, cpuUs: (cpuSeconds * 1e6) / options.count, rows };
}

function addLines(
  { report }: Bench,
  section: string,
  shape: Shape,
  ours: readonly BatchRun[],
  raws: readonly Pick<BatchRun, 'rate' | 'cpuUs'>[],
  bare: number,
): void {
  const { form, perRequest, connections, goal } = shape;
  const unit = 'events/s';
  const name = `${form === 'wazuh' ? '' : `${form}, `}${perRequest} events a request, ${connections} connections`;
  const rate = median(ours.map((run) => run.rate));
  const reference = { name: `raw, ${perRequest} a commit`, value: median(raws.map((run) => run.rate)) };
  const aim = goal !== undefined && { goal: { of: 'ratio', atLeast: goal } as const };
  report.add({ section, name, unit, ours: rate, reference, ...aim });
  report.add({ section, name: '  the same', unit, ours: rate, reference: { name: 'bare Express', value: bare } });
  const cpu = median(ours.map(({ cpuUs }) => cpuUs));
  report.add({
    section,
    name: '  processor time of the server',
    unit: 'us/event',
    ours: cpu,
    reference: { name: 'raw', value: median(raws.map((run) => run.cpuUs)) },
  });
}
