import { quietRun } from '../bench.ts';
import { nowMs } from '../clock.ts';
import { getRequest, HttpConnection, postRequest } from '../load/http-connection.ts';
import { rareWord } from '../office.ts';
import type { RawPage } from '../reference/raw-select.ts';
import { percentile } from '../statistics.ts';
import type { Site } from './intrudect-site.ts';

const path = '/api/v1/networkalerts';
const pageSize = 100;
const loopGoal = 50;

/** What is asked for; beside it the same as plain SQL. */
interface View {
  readonly name: string;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly filters?: object;
  readonly raw: RawPage;
  /** Milliseconds that must not be exceeded, where there is a goal. */
  readonly goal?: number;
  readonly isSlow?: boolean;
}

interface Run {
  readonly alone: number;
  readonly busy: number;
  readonly loopAlone: number;
  readonly loopBusy: number;
  readonly acks: number;
  readonly raw: number;
}

interface Reply {
  readonly network_alerts: readonly unknown[];
  readonly total_rows: number;
}

/** First pages, a deep page and searches of network alerts, each alone and while 200 alerts a second come in. */
export async function measurePages(site: Site): Promise<void> {
  const { bench, acksAlone } = site;
  const section = 'intrudect';
  const add = bench.report.add.bind(bench.report);
  const worst = { loop: 0, acks: 0 };
  for (const view of viewsOf(site)) {
    const run = await quietRun(bench, `intrudect: ${view.name}`, (watch) => watch(() => runView(site, view)));
    const goal = view.goal !== undefined && { goal: { of: 'ours', atMost: view.goal } as const };
    const reference = { name: 'plain SQL', value: run.raw };
    add({ section, name: `${view.name}: p95`, unit: 'ms', ours: run.alone, reference, ...goal });
    add({ section, name: '  while 200 alerts/s come in', unit: 'ms', ours: run.busy, ...goal });
    if (view.goal === undefined) {
      worst.loop = Math.max(worst.loop, run.loopAlone, run.loopBusy);
      worst.acks = Math.max(worst.acks, run.acks);
      continue;
    }
    const atMost = { of: 'ours', atMost: loopGoal } as const;
    const loop = Math.max(run.loopAlone, run.loopBusy);
    add({ section, name: '  event-loop delay p99', unit: 'ms', ours: loop, goal: atMost });
    const alone = { name: 'nothing asked', value: acksAlone.p99 };
    add({ section, name: '  acknowledgement p99', unit: 'ms', ours: run.acks, reference: alone });
  }
  const atMost = { of: 'ours', atMost: loopGoal } as const;
  add({ section, name: 'other sorts: event-loop delay p99, worst', unit: 'ms', ours: worst.loop, goal: atMost });
  const alone = { name: 'nothing asked', value: acksAlone.p99 };
  add({ section, name: 'other sorts: acknowledgement p99, worst', unit: 'ms', ours: worst.acks, reference: alone });
}

function viewsOf({ size: { networkAlerts } }: Site): View[] {
  const newest = 'a.occurred_at desc, a.id desc';
  const middle = networkAlerts / pageSize / 2;
  const count = networkAlerts.toLocaleString('en');
  const contains = `%${rareWord}%`;
  const sorts: readonly (readonly [field: string, order: string])[] = [
    ['id', 'a.id desc'],
    ['agent', 'a.agent desc, a.id desc'],
    ['source', 'a.source_ip desc, a.source_mac desc, a.id desc'],
    ['destination', 'a.destination_ip desc, a.destination_mac desc, a.id desc'],
    ['dst_port', 'a.destination_port desc, a.id desc'],
    ['type', 'a.type desc, a.id desc'],
    ['level', 'a.severity desc, a.id desc'],
    ['subject', 'e.title desc, a.id desc'],
    ['message', 'e.message desc, a.id desc'],
  ];
  return [
    { name: `first page of ${count}`, query: {}, raw: { order: newest }, goal: 100 },
    {
      name: `page ${middle.toLocaleString('en')}`,
      query: { page: middle },
      raw: { order: newest, offset: (middle - 1) * pageSize },
      goal: 300,
    },
    {
      name: 'search, source %.77',
      filters: { source: ['%.77'] },
      raw: { where: '(a.source_ip like ? or a.source_mac like ?)', params: ['%.77', '%.77'], order: newest },
      goal: 2000,
      isSlow: true,
    },
    {
      name: 'search, contains a rare word',
      filters: { search: [rareWord] },
      raw: {
        where: `(a.destination_ip like ? or e.title like ? or e.message like ?
          or a.destination_ip || ':' || a.destination_port like ?)`,
        params: [contains, contains, contains, contains],
        order: newest,
      },
      goal: 2000,
      isSlow: true,
    },
    ...sorts.map(([sort, order]) => ({ name: `first page by ${sort}`, query: { sort }, raw: { order }, isSlow: true })),
  ];
}

async function runView({ bench, server, token, inflow, raw, file }: Site, view: View): Promise<Run> {
  const repeats = view.isSlow ? (bench.quick ? 8 : 12) : bench.quick ? 30 : 60;
  const request = requestOf(view, token);
  const open = () => HttpConnection.open(server.port, Number.POSITIVE_INFINITY);
  const ask = async (connection: HttpConnection, times: number[]): Promise<number> => {
    const startedAt = nowMs();
    const { status, body } = await connection.send(request);
    times.push(nowMs() - startedAt);
    if (status !== 200) throw new Error(`${view.name} was answered ${status}: ${body.slice(0, 300)}`);
    const { network_alerts, total_rows } = JSON.parse(body) as Reply;
    if (network_alerts.length !== Math.min(pageSize, total_rows)) {
      throw new Error(`${view.name} came with ${network_alerts.length} of ${total_rows} rows`);
    }
    return total_rows;
  };
  const alone: number[] = [];
  const first = await open();
  await ask(first, []);
  await server.metrics();
  let total = 0;
  for (let repeat = 0; repeat < repeats; repeat++) total = await ask(first, alone);
  first.close();
  const loopAlone = (await server.metrics()).loopDelay.p99;
  const plain = await raw.ask('page', { file, page: view.raw, repeats: 5 });
  if (plain.total !== total) throw new Error(`${view.name} counts ${total} rows, plain SQL ${plain.total}`);
  // A new connection: the server has closed one that rested while plain SQL was asked.
  const second = await open();
  const busy: number[] = [];
  await server.metrics();
  const { acks } = await inflow.during(async () => {
    const until = nowMs() + (bench.quick ? 2000 : 5000);
    while (nowMs() < until || busy.length < 5) await ask(second, busy);
  });
  const loopBusy = (await server.metrics()).loopDelay.p99;
  second.close();
  const p95 = (times: ArrayLike<number>) => percentile(times, 95);
  return { alone: p95(alone), busy: p95(busy), loopAlone, loopBusy, acks: percentile(acks, 99), raw: p95(plain.times) };
}

function requestOf({ query, filters }: View, token: string): Buffer {
  const headers = { Authorization: `Bearer ${token}` };
  if (query) {
    const parameters = new URLSearchParams({ page_size: String(pageSize) });
    for (const [name, value] of Object.entries(query)) parameters.set(name, String(value));
    return getRequest(`${path}?${parameters}`, headers);
  }
  return postRequest(`${path}/search`, headers, JSON.stringify({ filters, page_size: pageSize }));
}
