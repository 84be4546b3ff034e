import { type Bench, expectRows, quietRun, type Watch, withServer } from '../bench.ts';
import type { ReceiverCommands } from '../load/receiver.ts';
import type { SenderCommands } from '../load/sender.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { measureFairness } from './delivery-fairness.ts';
import { measureIngestWithSink } from './delivery-ingest.ts';
import { type DeliverySite, loopbackSinks, makeSink, postAlike, prepareSingles, tellEach } from './delivery-site.ts';

const section = 'delivery';
const perSecond = 200;
const warmUp = 200;
const alike = 1000;
/** The shortest a sink can have: a digest is to come of what is posted in half of it. */
const digestSeconds = 10;

interface Run {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Cores that the server kept busy. */
  readonly cores: number;
}

/** How soon sinks are told, whether a sink that hangs keeps others waiting, and what a sink costs those who send. */
export async function measureDelivery(bench: Bench): Promise<void> {
  using sender = new SideProcess<SenderCommands>(new URL('../load/sender.ts', import.meta.url));
  using receiver = new SideProcess<ReceiverCommands>(new URL('../load/receiver.ts', import.meta.url));
  const site: DeliverySite = { bench, sender, receiver, receiverPort: await receiver.ask('listen', undefined) };
  await measureFirstAttempts(site);
  await measureAlike(site);
  await measureFairness(site);
  await measureIngestWithSink(site);
}

/** From just before an alert is posted until its notification is read, each alert a group of its own. */
async function measureFirstAttempts(site: DeliverySite): Promise<void> {
  const { bench } = site;
  const count = perSecond * (bench.quick ? 2 : 5);
  await prepareSingles(site, 'a group each', warmUp + count);
  const runs: Run[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    const what = `delivery: first attempts, run ${run} of ${bench.runs}`;
    runs.push(await quietRun(bench, what, (watch) => runOnce(site, count, watch)));
  }
  const add = (name: string, unit: string, pick: (run: Run) => number) => {
    bench.report.add({ section, name, unit, ours: median(runs.map(pick)) });
  };
  add(`${perSecond} alerts/s, a group each, to a webhook: p50`, 'ms', (run) => run.p50);
  const p95 = median(runs.map((run) => run.p95));
  bench.report.add({ section, name: '  p95', unit: 'ms', ours: p95, goal: { of: 'ours', atMost: 1000 } });
  add('  p99', 'ms', (run) => run.p99);
  add('  processor time of the server', 'cores', (run) => run.cores);
}

async function runOnce(site: DeliverySite, count: number, watch: Watch): Promise<Run> {
  const { bench, receiver } = site;
  await receiver.ask('forget', undefined);
  const { result, rows } = await withServer(
    bench,
    async (server) => {
      await makeSink(site, server, 'noted');
      await tellEach(site, server, { perSecond, from: 0, to: warmUp });
      return watch(async () => {
        const before = (await server.metrics()).get('process_cpu_seconds_total');
        const latencies = await tellEach(site, server, { perSecond, from: warmUp, to: warmUp + count });
        const cpuSeconds = (await server.metrics()).get('process_cpu_seconds_total') - before;
        return { latencies, cores: (cpuSeconds * perSecond) / count };
      });
    },
    loopbackSinks,
  );
  expectRows(rows, warmUp + count);
  if (rows.groups !== rows.events) throw new Error(`${rows.events} alerts are of ${rows.groups} groups`);
  const at = (percent: number) => percentile(result.latencies, percent);
  return { p50: at(50), p95: at(95), p99: at(99), cores: result.cores };
}

/** Alerts of one group: a check more than a measurement, so it is run once. */
async function measureAlike(site: DeliverySite): Promise<void> {
  const { bench, receiver } = site;
  await prepareSingles(site, 'alike alerts', alike);
  const result = await quietRun(bench, 'delivery: alike alerts', async (watch) => {
    await receiver.ask('forget', undefined);
    const { result, rows } = await withServer(
      bench,
      async (server) => {
        await makeSink(site, server, 'noted', { digestSeconds });
        return watch(async () => {
          await postAlike(site, server, { perSecond, from: 0, to: alike });
          return receiver.ask('whenGathered', { alerts: alike });
        });
      },
      loopbackSinks,
    );
    expectRows(rows, alike);
    return result;
  });
  const { notifications, groups, alerts } = result;
  if (groups !== 1 || alerts !== alike) {
    throw new Error(`${alike} alike alerts were told of as ${alerts} in ${groups} groups`);
  }
  const name = `${alike.toLocaleString('en')} alike alerts, ${digestSeconds} s to gather`;
  bench.report.add({
    section,
    name,
    unit: 'notifications',
    ours: notifications,
    goal: { of: 'ours', atMost: 3 },
  });
}
