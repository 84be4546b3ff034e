import { quietRun } from '../bench.ts';
import { median } from '../statistics.ts';
import { type DeliverySite, loopbackSinks, makeSink } from './delivery-site.ts';
import { type BatchRun, batchCounts, prepareBatches, runOurs, type Shape } from './ingest.ts';

const shape: Shape = { form: 'wazuh', perRequest: 100, connections: 16 };

interface Pair {
  readonly without: BatchRun;
  readonly beside: BatchRun;
}

/** Batches of Wazuh alerts, as section `ingest` sends them, without a sink and with one that is told of every alert. */
export async function measureIngestWithSink(site: DeliverySite): Promise<void> {
  const { bench, sender } = site;
  const { warmUp, total } = batchCounts(bench);
  const send = await prepareBatches(bench, sender, shape);
  const batches = { warmUp, total, send, env: loopbackSinks };
  const pairs: Pair[] = [];
  for (let run = 1; run <= bench.runs; run++) {
    const what = `delivery: taking in with a sink, run ${run} of ${bench.runs}`;
    const pair = await quietRun(bench, what, async (watch) => {
      const without = await runOurs(bench, batches, watch);
      const prepare = (server: Parameters<typeof makeSink>[1]) => makeSink(site, server, 'taken');
      return { without, beside: await runOurs(bench, { ...batches, prepare }, watch) };
    });
    pairs.push(pair);
  }
  const add = (name: string, unit: string, pick: (run: BatchRun) => number) => {
    bench.report.add({
      section: 'delivery',
      name,
      unit,
      ours: median(pairs.map(({ beside }) => pick(beside))),
      reference: { name: 'no sink', value: median(pairs.map(({ without }) => pick(without))) },
    });
  };
  const { perRequest, connections } = shape;
  add(`${perRequest} events a request, ${connections} connections, a sink`, 'events/s', ({ rate }) => rate);
  add('  processor time of the server', 'us/event', ({ cpuUs }) => cpuUs);
}
