import { setTimeout as sleep } from 'node:timers/promises';
import { expectRows, quietRun, type Watch, withServer } from '../bench.ts';
import type { SenderCommands } from '../load/sender.ts';
import type { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { type DeliverySite, loopbackSinks, makeSink, prepareSingles, switchSink, tellEach } from './delivery-site.ts';

const perSecond = 50;
const warmUp = perSecond;
/** Far beyond the events that are posted singly. */
const queueFrom = 100_000;
const perRequest = 100;
const connections = 4;
const queuesMs = 120_000;

interface Percentiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

interface Run {
  readonly alone: Percentiles;
  readonly beside: Percentiles;
}

/** How soon a healthy sink is told, alone and beside one that accepts connections, never answers, and has a long queue. */
export async function measureFairness(site: DeliverySite): Promise<void> {
  const { bench } = site;
  const queued = bench.quick ? 2000 : 20_000;
  const count = perSecond * (bench.quick ? 4 : 10);
  await prepareSingles(site, 'a group each', 2 * (warmUp + count));
  using filler = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  await filler.ask('prepare', {
    keys: bench.workspace.sender,
    form: 'a group each',
    from: queueFrom,
    to: queueFrom + queued,
    perRequest,
  });
  const runs: Run[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    const what = `delivery: beside a sink that hangs, run ${run} of ${bench.runs}`;
    runs.push(await quietRun(bench, what, (watch) => runOnce(site, filler, queued, count, watch)));
  }
  const add = (name: string, of: keyof Percentiles) => {
    bench.report.add({
      section: 'delivery',
      name,
      unit: 'ms',
      ours: median(runs.map(({ beside }) => beside[of])),
      reference: { name: 'alone', value: median(runs.map(({ alone }) => alone[of])) },
      ...(of === 'p95' && { goal: { of: 'ratio', atMost: 2 } as const }),
    });
  };
  add(`${perSecond} alerts/s beside ${queued.toLocaleString('en')} for a sink that hangs: p50`, 'p50');
  add('  p95', 'p95');
  add('  p99', 'p99');
}

async function runOnce(
  site: DeliverySite,
  filler: SideProcess<SenderCommands>,
  queued: number,
  count: number,
  watch: Watch,
): Promise<Run> {
  const { bench, receiver } = site;
  await receiver.ask('forget', undefined);
  const { result, rows } = await withServer(
    bench,
    async (server) => {
      const healthy = await makeSink(site, server, 'noted');
      const alone = await tellHealthy(site, server, 0, count, watch);
      await switchSink(site, server, healthy, false);
      await makeSink(site, server, 'silent');
      await filler.ask('send', { port: server.port, connections, from: 0, to: queued / perRequest });
      await untilQueued(server, queued);
      await switchSink(site, server, healthy, true);
      const beside = await tellHealthy(site, server, warmUp + count, count, watch);
      const left = await waiting(server);
      if (left < queued) throw new Error(`Only ${left} deliveries still wait for the sink that hangs`);
      const unanswered = await receiver.ask('unanswered', undefined);
      if (unanswered === 0) throw new Error('Nothing was attempted at the sink that hangs');
      return { alone, beside };
    },
    loopbackSinks,
  );
  expectRows(rows, 2 * (warmUp + count) + queued);
  return result;
}

async function tellHealthy(
  site: DeliverySite,
  server: ServerProcess,
  from: number,
  count: number,
  watch: Watch,
): Promise<Percentiles> {
  await tellEach(site, server, { perSecond, from, to: from + warmUp });
  const [first, end] = [from + warmUp, from + warmUp + count];
  const latencies = await watch(() => tellEach(site, server, { perSecond, from: first, to: end }));
  return { p50: percentile(latencies, 50), p95: percentile(latencies, 95), p99: percentile(latencies, 99) };
}

/** Throws when so many deliveries do not come to wait. */
async function untilQueued(server: ServerProcess, least: number): Promise<void> {
  const end = performance.now() + queuesMs;
  for (let queued = 0; queued < least; queued = await waiting(server)) {
    if (performance.now() > end) throw new Error(`${queued} deliveries wait, ${least} should`);
    await sleep(100);
  }
}

async function waiting(server: ServerProcess): Promise<number> {
  return (await server.metrics()).get('tocsin_deliveries_queued');
}
