import { type Bench, quietRun, tell } from '../bench.ts';
import { nowMs } from '../clock.ts';
import type { FillerCommands } from '../load/filler.ts';
import { HttpConnection, postRequest } from '../load/http-connection.ts';
import { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { countRows } from '../workspace.ts';

const pageSize = 100;
const query = /* GraphQL */ `query Page($after: String, $filter: AlertFilter) {
  alerts(first: ${pageSize}, after: $after, filter: $filter) {
    nodes { id title severity occurredAt type agentName }
    pageInfo { endCursor }
  }
}`;

interface Page {
  readonly nodes: readonly { readonly id: string; readonly severity: string }[];
  readonly pageInfo: { readonly endCursor: string };
}

/** What a page is asked for with, where `middle` is the cursor of the row in the middle. */
const kinds: readonly { name: string; variables: (middle: string) => object }[] = [
  { name: 'first page', variables: () => ({}) },
  { name: 'a page in the middle', variables: (middle) => ({ after: middle }) },
  { name: 'severity HIGH', variables: () => ({ filter: { severity: ['HIGH'] } }) },
];

interface House {
  readonly rows: number;
  readonly dataDir: string;
  readonly server: ServerProcess;
  readonly middle: string;
}

/** A page of 100 alerts by GraphQL, one request at a time, with few and with many alerts stored. */
export async function measureList(bench: Bench): Promise<void> {
  const sizes = bench.quick ? [10_000, 50_000] : [10_000, 1_000_000];
  const repeats = bench.quick ? 100 : 200;
  const few = await open(bench, sizes[0] as number);
  const many = await open(bench, sizes[1] as number);
  const section = 'list';
  for (const { name, variables } of kinds) {
    const requests = [few, many].map((house) => pageRequest(bench, variables(house.middle)));
    const runs: { few: number; many: number; p99: number }[] = [];
    // The first run warms up and is not counted.
    for (let run = 0; run <= bench.runs; run++) {
      const times = await quietRun(bench, `list: ${name}, run ${run} of ${bench.runs}`, (watch) =>
        watch(() => takeTurns([few, many], requests, repeats)),
      );
      const [ofFew = [], ofMany = []] = times;
      if (run > 0) runs.push({ few: median(ofFew), many: median(ofMany), p99: percentile(ofMany, 99) });
    }
    bench.report.add({
      section,
      name: `${name} at ${many.rows.toLocaleString('en')} alerts, p50`,
      unit: 'ms',
      ours: median(runs.map((run) => run.many)),
      reference: { name: `at ${few.rows.toLocaleString('en')}`, value: median(runs.map((run) => run.few)) },
      goal: { of: 'ratio', atMost: 1.3 },
    });
    bench.report.add({ section, name: '  p99', unit: 'ms', ours: median(runs.map((run) => run.p99)) });
  }
  for (const house of [few, many]) await close(bench, house);
}

/** One request to each house in turn, so that both meet the same noise. */
async function takeTurns(houses: readonly House[], requests: readonly Buffer[], repeats: number): Promise<number[][]> {
  const times: number[][] = houses.map(() => []);
  const connections = await Promise.all(houses.map(({ server }) => connect(server)));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [place, connection] of connections.entries()) {
      const startedAt = nowMs();
      const { status, body } = await connection.send(requests[place] as Buffer);
      times[place]?.push(nowMs() - startedAt);
      const found = body.split('"id":').length - 1;
      if (status !== 200 || found !== pageSize) throw new Error(`A page was answered ${status}: ${body.slice(0, 300)}`);
    }
  }
  for (const connection of connections) connection.close();
  return times;
}

async function open(bench: Bench, rows: number): Promise<House> {
  const { workspace, profileDir } = bench;
  tell(`list: storing ${rows.toLocaleString('en')} alerts`);
  const dataDir = workspace.freshDir();
  using filler = new SideProcess<FillerCommands>(new URL('../load/filler.ts', import.meta.url));
  await filler.ask('fill', { dataDir, sender: workspace.sender, count: rows });
  const { alerts } = countRows(dataDir);
  if (alerts !== rows) throw new Error(`${alerts} alerts are stored, not ${rows}`);
  const server = await ServerProcess.start({ dataDir, profileDir });
  const connection = await connect(server);
  const { body } = await connection.send(pageRequest(bench, {}));
  connection.close();
  const { nodes, pageInfo } = (JSON.parse(body) as { data: { alerts: Page } }).data.alerts;
  // A cursor of this list ends in the number of its row, so one can be made for a row that no page has led to yet.
  const { endCursor } = pageInfo;
  const last = nodes.at(-1)?.id ?? '';
  if (!endCursor.endsWith(last)) throw new Error(`The cursor ${endCursor} does not end in its row's number, ${last}`);
  return { rows, dataDir, server, middle: `${endCursor.slice(0, -last.length)}${rows / 2}` };
}

function connect({ port }: ServerProcess): Promise<HttpConnection> {
  return HttpConnection.open(port, Number.POSITIVE_INFINITY);
}

async function close({ workspace }: Bench, { server, dataDir }: House): Promise<void> {
  await server.stop();
  workspace.remove(dataDir);
}

function pageRequest({ workspace }: Bench, variables: object): Buffer {
  const headers = { Authorization: `Bearer ${workspace.sender.token}` };
  return postRequest('/graphql', headers, JSON.stringify({ query, variables }));
}
