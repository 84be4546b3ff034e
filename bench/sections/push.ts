import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, expectRows, quietRun, type Watch, withServer } from '../bench.ts';
import type { SenderCommands } from '../load/sender.ts';
import type { SubscriberCommands } from '../load/subscriber.ts';
import type { Goal } from '../report.ts';
import type { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';

const connections = 16;

/** Who listens, and how fast alerts come in. */
interface Crowd {
  readonly subscribers: number;
  readonly perSecond: number;
  /** The highest p95 that is good enough, in milliseconds. */
  readonly p95: number;
}

const crowds: readonly Crowd[] = [
  { subscribers: 1, perSecond: 200, p95: 100 },
  { subscribers: 200, perSecond: 200, p95: 100 },
  { subscribers: 1000, perSecond: 50, p95: 250 },
];
/** Those beside whom sockets stall. */
const besideStalled: Crowd = { subscribers: 200, perSecond: 50, p95: 100 };
const stalledSockets = 50;
const mostStalledMb = 100;
const mostSlowing = 2;

interface Run {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Cores that the server kept busy. */
  readonly cores: number;
  /** Resident at the end, where that can be told. */
  readonly memoryMb: number | undefined;
}

interface Load {
  readonly sender: SideProcess<SenderCommands>;
  readonly audience: SideProcess<SubscriberCommands>;
  readonly token: string;
}

/** From just before an alert is posted until it reaches its subscribers, each posted by itself; then the same beside sockets that stall. */
export async function measurePush(bench: Bench): Promise<void> {
  using sender = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  using audience = new SideProcess<SubscriberCommands>(new URL('../load/subscriber.ts', import.meta.url));
  const load = { sender, audience, token: bench.workspace.sender.token };
  const seconds = bench.quick ? 2 : 5;
  const most = Math.max(...crowds.map(({ perSecond }) => perSecond)) * (seconds + 1);
  // Alerts of the stalled must fill what lies between them and the server.
  const stalledSeconds = 10;
  const events = Math.max(most, besideStalled.perSecond * 2 * (stalledSeconds + 1));
  await sender.ask('prepare', { keys: bench.workspace.sender, from: 0, to: events, perRequest: 1, alertsOnly: true });
  for (const crowd of crowds) {
    const runs = await repeat(bench, `subscribers: ${crowd.subscribers}`, (watch) =>
      alone(bench, load, crowd, seconds, watch),
    );
    addLines(bench, crowd, runs);
  }
  const runs = await repeat(bench, `${stalledSockets} stalled sockets`, (watch) =>
    withStalled(bench, load, stalledSeconds, watch),
  );
  addStalledLines(bench, runs);
}

async function repeat<Result>(
  bench: Bench,
  what: string,
  runOnce: (watch: Watch) => Promise<Result>,
): Promise<Result[]> {
  const runs: Result[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    runs.push(await quietRun(bench, `push: ${what}, run ${run} of ${bench.runs}`, runOnce));
  }
  return runs;
}

async function alone(bench: Bench, load: Load, crowd: Crowd, seconds: number, watch: Watch): Promise<Run> {
  const { result, rows } = await withServer(bench, (server) => listen(server, load, crowd, 0, 0, seconds, watch));
  expectRows(rows, crowd.perSecond * (seconds + 1));
  return result;
}

/** In one server, first without the stalled sockets and then with them. */
async function withStalled(
  bench: Bench,
  load: Load,
  seconds: number,
  watch: Watch,
): Promise<{ before: Run; beside: Run }> {
  const count = besideStalled.perSecond * (seconds + 1);
  const { result, rows } = await withServer(bench, async (server) => {
    const before = await listen(server, load, besideStalled, 0, 0, seconds, watch);
    const beside = await listen(server, load, besideStalled, stalledSockets, count, seconds, watch);
    return { before, beside };
  });
  expectRows(rows, 2 * count);
  return result;
}

/** One crowd from event `start` on: a second to warm up, and then as many as are measured. */
async function listen(
  server: ServerProcess,
  { sender, audience, token }: Load,
  { subscribers, perSecond }: Crowd,
  stalled: number,
  start: number,
  seconds: number,
  watch: Watch,
): Promise<Run> {
  const { port } = server;
  const count = perSecond * seconds;
  const [from, to] = [start + perSecond, start + perSecond + count];
  while ((await server.metrics()).get('tocsin_subscriptions') > 0) await sleep(20);
  await audience.ask('open', { port, token, subscribers, stalled, from, to });
  while ((await server.metrics()).get('tocsin_subscriptions') < subscribers + stalled) await sleep(20);
  await sender.ask('pace', { port, connections, perSecond, from: start, to: from });
  return watch(async () => {
    const before = (await server.metrics()).get('process_cpu_seconds_total');
    const { sentAt, seconds: lasted } = await sender.ask('pace', { port, connections, perSecond, from, to });
    const memoryMb = server.memoryMb('VmRSS');
    const { latencies, lost, doubled, gaps } = await audience.ask('finish', { sentAt });
    const cores = ((await server.metrics()).get('process_cpu_seconds_total') - before) / lasted;
    if (lost + doubled + gaps > 0) {
      throw new Error(
        `Of ${subscribers * count} deliveries ${lost} were lost and ${doubled} doubled; ${gaps} gap notices`,
      );
    }
    const at = (percent: number) => percentile(latencies, percent);
    return { p50: at(50), p95: at(95), p99: at(99), cores, memoryMb };
  });
}

function addLines({ report }: Bench, { subscribers, perSecond, p95 }: Crowd, runs: readonly Run[]): void {
  const who = subscribers === 1 ? '1 subscriber' : `${subscribers} subscribers`;
  const add = (name: string, unit: string, pick: (run: Run) => number, goal?: Goal) => {
    report.add({ section: 'push', name, unit, ours: median(runs.map(pick)), ...(goal && { goal }) });
  };
  add(`${perSecond} alerts/s to ${who}: p50`, 'ms', (run) => run.p50);
  add('  p95', 'ms', (run) => run.p95, { of: 'ours', atMost: p95 });
  add('  p99', 'ms', (run) => run.p99);
  add('  processor time of the server', 'cores', (run) => run.cores);
}

function addStalledLines({ report }: Bench, runs: readonly { before: Run; beside: Run }[]): void {
  const { subscribers, perSecond } = besideStalled;
  report.add({
    section: 'push',
    name: `${perSecond} alerts/s to ${subscribers} beside ${stalledSockets} stalled sockets: p95`,
    unit: 'ms',
    ours: median(runs.map(({ beside }) => beside.p95)),
    reference: { name: 'without them', value: median(runs.map(({ before }) => before.p95)) },
    goal: { of: 'ratio', atMost: mostSlowing },
  });
  const cost = runs.map(({ before, beside }) => (beside.memoryMb ?? Number.NaN) - (before.memoryMb ?? Number.NaN));
  if (cost.some(Number.isNaN)) return;
  report.add({
    section: 'push',
    name: '  memory that they cost',
    unit: 'MB',
    ours: median(cost),
    goal: { of: 'ours', atMost: mostStalledMb },
  });
}
