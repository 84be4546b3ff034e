import { type Bench, quietRun, tell } from '../bench.ts';
import { nowMs } from '../clock.ts';
import { wazuhEvent } from '../events.ts';
import type { FillerCommands } from '../load/filler.ts';
import { HttpConnection, postRequest } from '../load/http-connection.ts';
import type { RawSearchCommands } from '../reference/raw-search.ts';
import { ServerProcess } from '../server-process.ts';
import { SideProcess } from '../side-process.ts';
import { percentile } from '../statistics.ts';
import { countRows, databaseFile } from '../workspace.ts';

const first = 50;
/** Requests of each search before the clock starts. */
const warmUp = 3;
type Subject = 'events' | 'alerts' | 'alertGroups';

/** A search, and its first page as plain SQL has it. */
interface Asked {
  readonly of: Subject;
  readonly search: string;
  /** Of the page's keys, the latest first; takes the number of rows as its last parameter. */
  readonly sql: string;
  readonly params: readonly (string | number)[];
  /** How it is named in the report, and whether it is said to be quick. */
  readonly what: string;
  readonly isIndexed: boolean;
}

/** The letter that a field's terms begin with in full text, and its value as it stands there. */
const term = (letter: string, value: string) =>
  `"\u{E000}${letter}${Buffer.from(value.toLowerCase().slice(0, 24)).toString('hex').toUpperCase()}"`;
const byText = 'select t.rowid as key from event_text t where t.event_text match ? order by t.rowid desc limit ?';
const alertsByText = `select t.rowid as key from event_text t cross join alert a on a.id = t.rowid
  where t.event_text match ? order by t.rowid desc limit ?`;
const groupsWith = (members: string) =>
  `select last_alert_id as key from alert_group where id in (select group_id from alert a ${members}) order by last_alert_id desc limit ?`;
const ofMembers = 'where a.id in (select rowid from event_text where event_text match ?)';
const key = (last: number) => `00000000-0000-0000-0000-ffff0a0900${last.toString(16).padStart(2, '0')}`;
const within = 'e.source_key between ? and ?';
/** Events of a minute, and when the `index`-th of them happened. */
const minute = 60 * 400;
const timeOf = (index: number) => String(wazuhEvent(index, { alertsOnly: true })['timestamp']).replace('+0000', 'Z');

const searchesAmong = (rows: number): readonly Asked[] => [
  {
    what: 'a rare word',
    of: 'events',
    search: '77777',
    sql: byText,
    params: ['"77777"*'],
    isIndexed: true,
  },
  {
    what: 'two words of each eighth',
    of: 'events',
    search: 'firewall attack',
    sql: byText,
    params: ['"firewall"* AND "attack"*'],
    isIndexed: true,
  },
  {
    what: 'two words of half of all',
    of: 'events',
    search: 'shadow passwd',
    sql: byText,
    params: ['"shadow"* AND "passwd"*'],
    isIndexed: false,
  },
  {
    what: 'a host',
    of: 'events',
    search: 'host:office-120',
    sql: byText,
    params: [term('h', 'office-120')],
    isIndexed: true,
  },
  {
    what: 'a range of addresses',
    of: 'events',
    search: 'source:10.9.0.20/31',
    sql: `select e.seq as key from event e where ${within} order by e.seq desc limit ?`,
    params: [key(20), key(21)],
    isIndexed: true,
  },
  {
    what: 'a minute of the past',
    of: 'events',
    search: `after:${timeOf(rows - 2 * minute)} before:${timeOf(rows - minute)}`,
    sql: 'select e.seq as key from event e where e.occurred_at >= ? and e.occurred_at < ? order by e.seq desc limit ?',
    params: [Date.parse(timeOf(rows - 2 * minute)), Date.parse(timeOf(rows - minute))],
    // Full text knows the hour alone, and all of these fall into one or two.
    isIndexed: false,
  },
  {
    what: 'a phrase of frequent words',
    of: 'events',
    search: '"admin password"',
    sql: `select t.rowid as key from event_text t cross join event e on e.seq = t.rowid
      where t.event_text match ? and e.message like ? order by t.rowid desc limit ?`,
    params: ['"admin" AND "password"', '%admin password%'],
    isIndexed: false,
  },
  {
    what: 'an agent and a severity',
    of: 'alerts',
    search: 'agent.name:office-120 severity>=high',
    sql: `select t.rowid as key from event_text t cross join alert a on a.id = t.rowid
      where t.event_text match ? and a.severity >= 4 order by t.rowid desc limit ?`,
    params: [term('n', 'office-120')],
    isIndexed: true,
  },
  {
    what: 'two words of each eighth',
    of: 'alerts',
    search: 'firewall attack',
    sql: alertsByText,
    params: ['"firewall"* AND "attack"*'],
    isIndexed: true,
  },
  {
    what: 'an agent',
    of: 'alertGroups',
    search: 'agent.name:office-120',
    sql: groupsWith(ofMembers),
    params: [term('n', 'office-120')],
    isIndexed: true,
  },
  {
    what: 'a rare word',
    of: 'alertGroups',
    search: '77777',
    sql: groupsWith(ofMembers),
    params: ['"77777"*'],
    isIndexed: true,
  },
];

const documents: Readonly<Record<Subject, string>> = {
  events: page('events', 'id title severity occurredAt message'),
  alerts: page('alerts', 'id title severity occurredAt agentName'),
  alertGroups: page('alertGroups', 'id title severity status count lastSeen'),
};

function page(field: Subject, columns: string): string {
  return `query ($search: String!) { ${field}(first: ${first}, filter: { search: $search }) { nodes { ${columns} } pageInfo { endCursor } } }`;
}

/** The first page of searches over HTTP, one request at a time, beside the keys of the same page by plain SQL. */
export async function measureSearch(bench: Bench): Promise<void> {
  const rows = bench.quick ? 100_000 : 1_000_000;
  const { workspace } = bench;
  tell(`search: storing ${rows.toLocaleString('en')} events`);
  const dataDir = workspace.freshDir();
  using filler = new SideProcess<FillerCommands>(new URL('../load/filler.ts', import.meta.url));
  await filler.ask('fill', { dataDir, sender: workspace.sender, count: rows });
  filler.stop();
  const { events } = countRows(dataDir);
  if (events !== rows) throw new Error(`${events} events are stored, not ${rows}`);
  await searchIn(bench, dataDir, rows);
  workspace.remove(dataDir);
}

/** The same in a data folder that holds so many events already. */
export async function searchIn(bench: Bench, dataDir: string, rows: number): Promise<void> {
  const repeats = bench.quick ? 10 : 40;
  const { workspace, profileDir } = bench;
  using raw = new SideProcess<RawSearchCommands>(new URL('../reference/raw-search.ts', import.meta.url));
  const server = await ServerProcess.start({ dataDir, profileDir });
  const headers = { Authorization: `Bearer ${workspace.sender.token}` };
  const delays: number[] = [];
  for (const { of, search, sql, params, what, isIndexed } of searchesAmong(rows)) {
    const request = postRequest('/graphql', headers, JSON.stringify({ query: documents[of], variables: { search } }));
    const measured = await quietRun(bench, `search: ${what} in ${of}`, async (watch) => {
      // The server closes those that rest, as this one does while plain SQL is at it.
      const connection = await HttpConnection.open(server.port, 2 ** 20);
      await timesOf(connection, request, of, warmUp);
      await server.metrics();
      const ours = await watch(() => timesOf(connection, request, of, repeats));
      const delay = (await server.metrics()).loopDelay.p99;
      connection.close();
      const plain = await watch(() =>
        raw.ask('keys', { file: databaseFile(dataDir), sql, params: [...params, first], repeats }),
      );
      return { ours, plain, delay };
    });
    const { ours, plain, delay } = measured;
    if (ours.found !== plain.found) throw new Error(`${search} found ${ours.found} ${of}, plain SQL ${plain.found}`);
    delays.push(delay);
    bench.report.add({
      section: 'search',
      name: `${what} in ${of} (${ours.found} found), p95 at ${rows.toLocaleString('en')} events`,
      unit: 'ms',
      ours: percentile(ours.times, 95),
      reference: { name: 'plain SQL', value: percentile(plain.times, 95) },
      ...(isIndexed && { goal: { of: 'ours', atMost: 300 } as const }),
    });
  }
  bench.report.add({
    section: 'search',
    name: 'event-loop delay p99, the worst of them',
    unit: 'ms',
    ours: Math.max(...delays),
    goal: { of: 'ours', atMost: 50 },
  });
  await server.stop();
}

async function timesOf(
  connection: HttpConnection,
  request: Buffer,
  of: Subject,
  repeats: number,
): Promise<{ times: Float64Array; found: number }> {
  const times = new Float64Array(repeats);
  let found = 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const startedAt = nowMs();
    const { status, body } = await connection.send(request);
    times[repeat] = nowMs() - startedAt;
    const { data } = JSON.parse(body) as { data?: Record<Subject, { nodes: readonly unknown[] }> };
    if (status !== 200 || !data?.[of]) throw new Error(`A search was answered ${status}: ${body.slice(0, 300)}`);
    found = data[of].nodes.length;
  }
  return { times, found };
}
