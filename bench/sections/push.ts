import { setTimeout as sleep } from 'node:timers/promises';
import { type Bench, expectRows, quietRun, type Watch, withServer } from '../bench.ts';
import type { SenderCommands } from '../load/sender.ts';
import type { SubscriberCommands } from '../load/subscriber.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';

const perSecond = 200;
const warmUp = 200;
const connections = 16;
const crowds = [1, 200];

interface Run {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Cores that the server kept busy. */
  readonly cores: number;
}

/** From just before an alert is posted until it reaches its subscribers, at 200 alerts a second, each posted by itself. */
export async function measurePush(bench: Bench): Promise<void> {
  const count = perSecond * (bench.quick ? 2 : 5);
  using sender = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  using audience = new SideProcess<SubscriberCommands>(new URL('../load/subscriber.ts', import.meta.url));
  await sender.ask('prepare', {
    keys: bench.workspace.sender,
    from: 0,
    to: warmUp + count,
    perRequest: 1,
    alertsOnly: true,
  });
  for (const subscribers of crowds) {
    const runs: Run[] = [];
    for (let run = 1; run <= bench.runs; run++) {
      const what = `push: subscribers: ${subscribers}, run ${run} of ${bench.runs}`;
      runs.push(await quietRun(bench, what, (watch) => runOnce(bench, sender, audience, subscribers, count, watch)));
    }
    addLines(bench, subscribers, runs);
  }
}

async function runOnce(
  bench: Bench,
  sender: SideProcess<SenderCommands>,
  audience: SideProcess<SubscriberCommands>,
  subscribers: number,
  count: number,
  watch: Watch,
): Promise<Run> {
  const { result, rows } = await withServer(bench, async (server) => {
    const { port } = server;
    const [from, to] = [warmUp, warmUp + count];
    await audience.ask('open', { port, token: bench.workspace.sender.token, subscribers, from, to });
    while ((await server.metrics()).get('tocsin_subscriptions') < subscribers) await sleep(20);
    await sender.ask('pace', { port, connections, perSecond, from: 0, to: warmUp });
    return watch(async () => {
      const before = (await server.metrics()).get('process_cpu_seconds_total');
      const { sentAt, seconds } = await sender.ask('pace', { port, connections, perSecond, from, to });
      const report = await audience.ask('finish', { sentAt });
      const cores = ((await server.metrics()).get('process_cpu_seconds_total') - before) / seconds;
      return { ...report, cores };
    });
  });
  expectRows(rows, warmUp + count);
  const { latencies, lost, doubled, gaps, cores } = result;
  if (lost + doubled + gaps > 0) {
    throw new Error(
      `Of ${subscribers * count} deliveries ${lost} were lost and ${doubled} doubled; ${gaps} gap notices`,
    );
  }
  const at = (percent: number) => percentile(latencies, percent);
  return { p50: at(50), p95: at(95), p99: at(99), cores };
}

function addLines({ report }: Bench, subscribers: number, runs: readonly Run[]): void {
  const section = 'push';
  const who = subscribers === 1 ? '1 subscriber' : `${subscribers} subscribers`;
  const add = (name: string, unit: string, pick: (run: Run) => number) => {
    report.add({ section, name, unit, ours: median(runs.map(pick)) });
  };
  add(`${perSecond} alerts/s to ${who}: p50`, 'ms', (run) => run.p50);
  const p95 = median(runs.map((run) => run.p95));
  report.add({ section, name: '  p95', unit: 'ms', ours: p95, goal: { of: 'ours', atMost: 100 } });
  add('  p99', 'ms', (run) => run.p99);
  add('  processor time of the server', 'cores', (run) => run.cores);
}
