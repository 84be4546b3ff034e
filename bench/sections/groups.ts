import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { uuidV7 } from '../../server/uuid-v7.ts';
import { type Bench, quietRun, tell } from '../bench.ts';
import { nowMs } from '../clock.ts';
import { askServer } from '../graphql.ts';
import { getRequest, HttpConnection, postRequest } from '../load/http-connection.ts';
import { storeOffice } from '../office-store.ts';
import type { RawGroupsCommands } from '../reference/raw-groups.ts';
import { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { median, percentile } from '../statistics.ts';
import { databaseFile } from '../workspace.ts';

const connections = 16;
const section = 'groups';

const query = /* GraphQL */ `query Groups {
  alertGroups(first: 100) {
    nodes {
      id title severity status count firstSeen lastSeen
      latestAlerts { id title severity occurredAt }
      devices { id hostname lastIp }
      deliveries(first: 2) { id status reason sink { name } attempts { at status error } }
    }
    pageInfo { endCursor hasNextPage }
    totalCount
  }
}`;

/** 100 alert groups with alerts, devices and delivery state by GraphQL, beside the same JSON from hand-written SQL and bare Express. */
export async function measureGroups(bench: Bench): Promise<void> {
  const { workspace, profileDir } = bench;
  const dataDir = workspace.freshDir();
  const networkAlerts = bench.quick ? 20_000 : 200_000;
  tell(`${section}: storing ${networkAlerts.toLocaleString('en')} alerts`);
  await storeOffice(dataDir, workspace.sender, { networkAlerts, serverAlerts: 0, lookups: 0, leases: 1750 });
  const server = await ServerProcess.start({ dataDir, profileDir });
  await storeDeliveries(server, bench, databaseFile(dataDir));
  using raw = new SideProcess<RawGroupsCommands>(new URL('../reference/raw-groups.ts', import.meta.url));
  const { port } = await raw.ask('listen', { file: databaseFile(dataDir), tenantId: workspace.sender.tenantId });
  const ours = { port: server.port, request: groupsRequest(bench) };
  const theirs = { port, request: getRequest('/groups', {}) };
  await expectTheSame(ours, theirs);

  const seconds = bench.quick ? 3 : 6;
  const runs: { ours: Load; theirs: Load }[] = [];
  // The first run warms up and is not counted.
  for (let run = 0; run <= bench.runs; run++) {
    const both = await quietRun(bench, `${section}: run ${run} of ${bench.runs}`, (watch) =>
      watch(async () => ({ theirs: await load(theirs, seconds), ours: await load(ours, seconds) })),
    );
    if (run > 0) runs.push(both);
  }
  bench.report.add({
    section,
    name: `100 groups with alerts, devices and deliveries, ${connections} connections`,
    unit: 'requests/s',
    ours: median(runs.map((run) => run.ours.perSecond)),
    reference: { name: 'SQL + bare Express', value: median(runs.map((run) => run.theirs.perSecond)) },
    goal: { of: 'ratio', atLeast: 0.4 },
  });
  for (const [name, share] of [
    ['  p50', 50],
    ['  p99', 99],
  ] as const) {
    const of = (which: 'ours' | 'theirs') => median(runs.map((run) => percentile(run[which].latencies, share)));
    const reference = { name: 'SQL + bare Express', value: of('theirs') };
    bench.report.add({ section, name, unit: 'ms', ours: of('ours'), reference });
  }
  await server.stop();
  workspace.remove(dataDir);
}

interface Target {
  readonly port: number;
  readonly request: Buffer;
}

interface Load {
  readonly perSecond: number;
  readonly latencies: number[];
}

async function load({ port, request }: Target, seconds: number): Promise<Load> {
  const latencies: number[] = [];
  const startedAt = nowMs();
  const until = startedAt + seconds * 1000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await HttpConnection.open(port, 0);
      while (nowMs() < until) {
        const sentAt = nowMs();
        const { status } = await connection.send(request);
        if (status !== 200) throw new Error(`A list was answered ${status}`);
        latencies.push(nowMs() - sentAt);
      }
      connection.close();
    }),
  );
  return { perSecond: latencies.length / ((nowMs() - startedAt) / 1000), latencies };
}

/** Both must answer the same JSON, of full rows, or what is compared says nothing. */
async function expectTheSame(ours: Target, theirs: Target): Promise<void> {
  const answers = await Promise.all(
    [ours, theirs].map(async ({ port, request }) => {
      const connection = await HttpConnection.open(port, Number.POSITIVE_INFINITY);
      const { body } = await connection.send(request);
      connection.close();
      return body;
    }),
  );
  const [left, right] = answers.map((body) => JSON.parse(body));
  if (!isDeepStrictEqual(left, right))
    throw new Error(`Ours is ${answers[0]?.slice(0, 3000)}\nnot ${answers[1]?.slice(0, 3000)}`);
  const { nodes } = left.data.alertGroups;
  const full = nodes.filter(
    ({ latestAlerts, devices, deliveries }: Record<string, unknown[]>) =>
      latestAlerts && latestAlerts.length > 0 && devices && devices.length > 0 && deliveries?.length === 2,
  );
  if (nodes.length !== 100 || full.length < 50) throw new Error(`${nodes.length} groups, ${full.length} of them full`);
}

/** Two deliveries, taken at once, for each of the newest groups. */
async function storeDeliveries(server: ServerProcess, { workspace }: Bench, file: string): Promise<void> {
  const { token, tenantId } = workspace.sender;
  const make = 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }';
  const sinks = await Promise.all(
    ['On call', 'Archive'].map(async (name) => {
      const input = { name, isEnabled: false, webhook: { url: 'https://hooks.example.org/' } };
      const made = await askServer<{ createEventSink: { sink: { id: string } } }>(server, token, make, { input });
      return made.createEventSink.sink.id;
    }),
  );
  const database = new Database(file, { timeout: 10_000 });
  const groups = database
    .prepare<[], { id: string; last_alert_id: number }>(
      'select id, last_alert_id from alert_group order by last_alert_id desc limit 500',
    )
    .all();
  const delivery = database.prepare(
    `insert into delivery (id, number, tenant_id, sink_id, group_id, reason, status, alert_id, alert_count, severity, created_at, told_at, attempts, spent)
     values (?, ?, ?, ?, ?, 'NEW', 'DELIVERED', ?, 1, 4, ?, ?, 1, 1)`,
  );
  const attempt = database.prepare(
    "insert into delivery_attempt (delivery_id, number, tenant_id, at, result, status, duration_ms) values (?, 1, ?, ?, 'DELIVERED', 200, 12)",
  );
  const now = Date.now();
  database.transaction(() => {
    for (const [index, { id: groupId, last_alert_id: alertId }] of groups.entries()) {
      for (const [place, sinkId] of sinks.entries()) {
        const id = uuidV7(now);
        delivery.run(id, 10_000_000 + index * 2 + place, tenantId, sinkId, groupId, alertId, now, now);
        attempt.run(id, tenantId, now);
      }
    }
  })();
  database.close();
}

function groupsRequest({ workspace }: Bench): Buffer {
  const headers = { Authorization: `Bearer ${workspace.sender.token}` };
  return postRequest('/graphql', headers, JSON.stringify({ query }));
}
