import { type Bench, expectRows, quietRun, type Watch, withServer } from '../bench.ts';
import type { SenderCommands, SendReport } from '../load/sender.ts';
import type { BareExpressCommands } from '../reference/bare-express.ts';
import type { RawCommands, RawOptions, RawReport } from '../reference/raw-inserter.ts';
import type { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { countRows, databaseFile } from '../workspace.ts';

const loads = [
  { connections: 1, share: 5 },
  { connections: 16, share: 12 },
  { connections: 64, share: 20 },
] as const;
type Load = (typeof loads)[number];
const shares = loads.reduce((sum, { share }) => sum + share, 0);

interface Run {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Events a transaction, each of which is one fsync of the write-ahead log. */
  readonly perCommit: number;
}

/** One event a request, at 1, 16 and 64 connections, beside commits of one event each by a bare loop. */
export async function measureSingle(bench: Bench): Promise<void> {
  const unit = bench.quick ? 300 : 1000;
  const warmUp = 3 * unit;
  const total = warmUp + shares * unit;
  const rawCount = loads[0].share * unit;
  using sender = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  using raw = new SideProcess<RawCommands>(new URL('../reference/raw-inserter.ts', import.meta.url));
  using express = new SideProcess<BareExpressCommands>(new URL('../reference/bare-express.ts', import.meta.url));
  await raw.ask('prepare', { sender: bench.workspace.sender, count: warmUp + rawCount });
  await sender.ask('prepare', { keys: bench.workspace.sender, from: 0, to: total, perRequest: 1 });
  const bare = await express.ask('listen', undefined);
  /** One load after the other, each with its share of the prepared requests. */
  const inTurn = async <Value>(measure: (load: Load, from: number, to: number) => Promise<Value>): Promise<Value[]> => {
    const values: Value[] = [];
    let from = warmUp;
    for (const load of loads) {
      values.push(await measure(load, from, from + load.share * unit));
      from += load.share * unit;
    }
    return values;
  };
  const send = (port: number, connections: number, from: number, to: number) =>
    sender.ask('send', { port, connections, from, to });

  const runs: { ours: Run[]; raw: Run; bare: number[] }[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    const once = await quietRun(bench, `single: run ${run} of ${bench.runs}`, async (watch) => {
      const { result: ours, rows } = await withServer(bench, async (server) => {
        await send(server.port, 16, 0, warmUp);
        return inTurn(async ({ connections }, from, to) => {
          const before = await commits(server);
          const report = await watch(() => send(server.port, connections, from, to));
          return toRun(report, to - from, (to - from) / ((await commits(server)) - before));
        });
      });
      expectRows(rows, total);
      const reference = await runRaw(bench, raw, { perCommit: 1, warmUp, count: rawCount }, watch);
      await send(bare.port, 16, 0, warmUp);
      const bareRates = await inTurn(async ({ connections }, from, to) => {
        return (to - from) / (await watch(() => send(bare.port, connections, from, to))).seconds;
      });
      return { ours, raw: reference, bare: bareRates };
    });
    runs.push(once);
  }
  const eachLoad = <Value>(pick: (place: number) => Value) => loads.map((_, place) => pick(place));
  addLines(
    bench,
    eachLoad((place) => medians(runs.map(({ ours }) => ours[place] as Run))),
    medians(runs.map((once) => once.raw)),
    eachLoad((place) => median(runs.map((once) => once.bare[place] as number))),
  );
}

async function commits(server: ServerProcess): Promise<number> {
  return (await server.metrics()).get('tocsin_journal_group_records_count');
}

function toRun({ seconds, latencies }: SendReport | RawReport, events: number, perCommit: number): Run {
  return { rate: events / seconds, p50: percentile(latencies, 50), p99: percentile(latencies, 99), perCommit };
}

async function runRaw(
  { workspace }: Bench,
  raw: SideProcess<RawCommands>,
  options: Omit<RawOptions, 'file'>,
  watch: Watch,
): Promise<Run> {
  const dataDir = workspace.freshDir();
  const report = await watch(() => raw.ask('insert', { file: databaseFile(dataDir), ...options }));
  expectRows(countRows(dataDir), options.warmUp + options.count);
  workspace.remove(dataDir);
  return toRun(report, options.count, 1);
}

function medians(runs: readonly Run[]): Run {
  const of = (pick: (run: Run) => number) => median(runs.map(pick));
  return { rate: of((r) => r.rate), p50: of((r) => r.p50), p99: of((r) => r.p99), perCommit: of((r) => r.perCommit) };
}

function addLines({ report }: Bench, ours: readonly Run[], raw: Run, bareRates: readonly number[]): void {
  const section = 'single';
  const [alone] = ours as readonly [Run, ...Run[]];
  for (const [place, { connections }] of loads.entries()) {
    const { rate, p50, p99, perCommit } = ours[place] as Run;
    const name = connections === 1 ? '1 connection' : `${connections} connections`;
    const isOne = connections === 1;
    const reference = { name: 'raw, 1 a commit', value: raw.rate };
    const atLeast = { of: 'ratio', atLeast: 0.45 } as const;
    report.add({ section, name, unit: 'events/s', ours: rate, reference, ...(isOne && { goal: atLeast }) });
    if (connections === 64) {
      const goal = { of: 'ratio', atLeast: 5 } as const;
      const value = { name: 'ours, 1 connection', value: alone.rate };
      report.add({ section, name: '  the same', unit: 'events/s', ours: rate, reference: value, goal });
    }
    const bare = { name: 'bare Express', value: bareRates[place] as number };
    report.add({ section, name: '  the same', unit: 'events/s', ours: rate, reference: bare });
    report.add({ section, name: '  p50', unit: 'ms', ours: p50, reference: { name: 'raw', value: raw.p50 } });
    const tail = { name: 'raw', value: raw.p99 };
    const most = { of: 'ratio', atMost: 3 } as const;
    report.add({ section, name: '  p99', unit: 'ms', ours: p99, reference: tail, ...(isOne && { goal: most }) });
    const many = { of: 'ours', atLeast: 8 } as const;
    const goal = connections === 64 && { goal: many };
    report.add({ section, name: '  events a commit (one fsync)', unit: '', ours: perCommit, ...goal });
  }
}
