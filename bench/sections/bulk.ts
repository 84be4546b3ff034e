import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type Bench, quietRun, tell, type Watch } from '../bench.ts';
import { nowMs } from '../clock.ts';
import { askServer } from '../graphql.ts';
import type { FillerCommands } from '../load/filler.ts';
import { Inflow } from '../load/inflow.ts';
import { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { percentile } from '../statistics.ts';
import { databaseFile } from '../workspace.ts';

const section = 'bulk';
/** How long alerts can come in, in seconds, for all of it. */
const mostSeconds = 300;
const lookMs = 200;
const progress = 'id status total changed undone kept';
const ackGoal = { of: 'ratio', atMost: 2 } as const;
const loopGoal = { of: 'ours', atMost: 50 } as const;

interface Progress {
  readonly id: string;
  readonly status: 'RUNNING' | 'DONE' | 'UNDOING' | 'UNDONE';
  readonly total: number;
  readonly changed: number;
  readonly undone: number;
  readonly kept: number;
}

/** A job, and what those who send met meanwhile. */
interface Job {
  readonly seconds: number;
  readonly ackP99: number;
  readonly loopP99: number;
  readonly end: Progress;
}

/** A server with many open groups, and the alerts that come in meanwhile. */
interface Site {
  readonly server: ServerProcess;
  readonly token: string;
  readonly inflow: Inflow;
}

/** One change that closes very many groups, and its undoing, while alerts come in. */
export async function measureBulk(bench: Bench): Promise<void> {
  const { workspace, quick, profileDir, report } = bench;
  const groups = quick ? 20_000 : 100_000;
  tell(`bulk: storing ${groups.toLocaleString('en')} groups`);
  const dataDir = workspace.freshDir();
  using filler = new SideProcess<FillerCommands>(new URL('../load/filler.ts', import.meta.url));
  await filler.ask('fill', { dataDir, sender: workspace.sender, count: groups, groupEach: true });
  const server = await ServerProcess.start({ dataDir, profileDir });
  using inflow = await Inflow.prepare(server.port, workspace.sender, mostSeconds);
  const site: Site = { server, token: workspace.sender.token, inflow };

  await inflow.seconds(2);
  await server.metrics();
  const alone = percentile(await inflow.seconds(quick ? 5 : 15), 99);
  const aloneLoop = (await server.metrics()).loopDelay.p99;
  server.resetPeak();
  const resident = server.memoryMb('VmRSS');
  const before = digestGroups(dataDir, groups);
  const closing = await quietRun({ ...bench, quick: true }, 'bulk: closing', (watch) => close(site, watch));
  const closed = countClosed(dataDir);
  if (closing.end.changed !== closing.end.total || closed < closing.end.total)
    throw new Error(`${closed} groups are closed: ${JSON.stringify(closing.end)}`);
  const undoing = await quietRun({ ...bench, quick: true }, 'bulk: undoing', (watch) => undo(site, closing.end, watch));
  const { undone, kept, changed } = undoing.end;
  if (undone !== changed || kept !== 0) throw new Error(`Of ${changed} groups ${undone} are what they were`);
  if (digestGroups(dataDir, groups) !== before) throw new Error('Groups are not what they were before');
  const peak = server.memoryMb('VmHWM');
  await server.stop();
  workspace.remove(dataDir);

  const add = report.add.bind(report);
  const tellOf = (what: string, job: Job) => {
    const name = `${what} ${job.end.changed.toLocaleString('en')} groups, 200 alerts/s coming in`;
    add({ section, name, unit: 's', ours: job.seconds, ...(!quick && { goal: { of: 'ours', atMost: 60 } }) });
    add({ section, name: '  groups', unit: 'groups/s', ours: job.end.changed / job.seconds });
    const reference = { name: 'without', value: alone };
    add({ section, name: '  acknowledgement p99', unit: 'ms', ours: job.ackP99, reference, goal: ackGoal });
    const loop = { name: 'without', value: aloneLoop };
    add({ section, name: '  event-loop delay p99', unit: 'ms', ours: job.loopP99, reference: loop, goal: loopGoal });
  };
  tellOf('closing', closing);
  tellOf('undoing the change of', undoing);
  if (peak !== undefined && resident !== undefined)
    add({ section, name: 'growth of resident memory during both', unit: 'MB', ours: peak - resident });
}

async function close(site: Site, watch: Watch): Promise<Job> {
  const query = `mutation { updateAlertGroups(filter: {}, change: { status: RESOLVED, verdict: BENIGN, note: "All clear" }) { ${progress} } }`;
  return run(site, watch, query, 'updateAlertGroups', {}, 'DONE');
}

async function undo(site: Site, { id }: Progress, watch: Watch): Promise<Job> {
  const query = `mutation ($id: ID!) { undoBulkChange(id: $id) { ${progress} } }`;
  return run(site, watch, query, 'undoBulkChange', { id }, 'UNDONE');
}

/** Asks for a job and follows it to its end while alerts come in. */
async function run(
  { server, token, inflow }: Site,
  watch: Watch,
  query: string,
  field: string,
  variables: object,
  last: Progress['status'],
): Promise<Job> {
  await server.metrics();
  const { value, acks } = await watch(() =>
    inflow.during(async () => {
      const startedAt = nowMs();
      const data = await askServer<Record<string, Progress>>(server, token, query, variables);
      let found = data[field] as Progress;
      for (let done = 0; found.status !== last; ) {
        await sleep(lookMs);
        const look = `query ($id: ID!) { bulkChange(id: $id) { ${progress} } }`;
        found = (await askServer<{ bulkChange: Progress }>(server, token, look, { id: found.id })).bulkChange;
        const now = last === 'DONE' ? found.changed : found.undone + found.kept;
        if (now < done || now > found.total) throw new Error(`Progress went from ${done} to ${now}`);
        done = now;
      }
      return { seconds: (nowMs() - startedAt) / 1000, end: found };
    }),
  );
  const { loopDelay } = await server.metrics();
  return { ...value, ackP99: percentile(acks, 99), loopP99: loopDelay.p99 };
}

/** What triage made of the groups that were there first, all in one value: versions aside, which only grow. */
function digestGroups(dataDir: string, count: number): string {
  const rows = read(
    dataDir,
    `select id, status, verdict, assignee_id, quiet_severity, closed_at from alert_group order by id limit ${count}`,
  );
  return JSON.stringify(rows);
}

function countClosed(dataDir: string): number {
  return (
    (read(dataDir, 'select count(*) as closed from alert_group where closed_at is not null') as { closed: number }[])[0]
      ?.closed ?? 0
  );
}

function read(dataDir: string, sql: string): unknown[] {
  const database = new Database(databaseFile(dataDir), { readonly: true });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}
