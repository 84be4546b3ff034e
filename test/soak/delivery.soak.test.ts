import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../support/builders.ts';
import { type Environment, runTocsin, type ServerProcess, startServer } from '../support/server-process.ts';

const rounds = 50;
const sinks = ['left', 'right'];
const folder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
const env: Environment = { PORT: '0', TOCSIN_DATA_DIR: folder, TOCSIN_SINK_ALLOW_CIDRS: '127.0.0.0/8' };
/** Every post: to which sink, and under which id. */
const posts: { sink: string; id: string }[] = [];

/** Takes a moment before it answers, so that many a kill falls between a notification's arrival and the news of it. */
const receiver = createServer(async (request, response) => {
  for await (const _ of request);
  posts.push({ sink: String(request.url).slice(1), id: String(request.headers['webhook-id']) });
  await sleep(Math.random() * 30);
  response.writeHead(204).end();
});

beforeAll(() => new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve)));

afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
  rmSync(folder, { recursive: true, force: true });
});

async function secretOf(kind: string): Promise<string> {
  const made = await runTocsin(['credential', 'create', '--kind', kind, '--name', `soak ${kind}`, '--json'], env);
  return JSON.parse(made.stdout).secret;
}

async function makeSinks(server: ServerProcess, token: string): Promise<void> {
  const { port } = receiver.address() as AddressInfo;
  for (const name of sinks) {
    const query = 'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }';
    const input = { name, webhook: { url: `http://127.0.0.1:${port}/${name}` } };
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables: { input } });
    const reply = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
    expect(await reply.json()).toMatchObject({ data: { createEventSink: { sink: {} } } });
  }
}

let lastRule = 0;

/** Posts alerts, each of a group of its own, until the server is gone; answers how many were acknowledged. */
async function keepPosting(url: string, key: string): Promise<number> {
  for (let acknowledged = 0; ; ) {
    const alerts = Array.from({ length: 3 }, () => aWazuhAlert({ rule: { id: `soak-${++lastRule}`, level: 7 } }));
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    const body = JSON.stringify(alerts);
    const reply = await fetch(`${url}/api/v1/webhooks/wazuh`, { method: 'POST', headers, body }).catch(() => undefined);
    if (!reply?.ok) return acknowledged;
    acknowledged += 3;
    await sleep(5);
  }
}

/** What is stored, whether a server runs or not. */
function read<Row>(sql: string): Row[] {
  const database = new Database(join(folder, 'tocsin.db'), { readonly: true });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}

describe(`kill -9 at ${rounds} random moments while sinks are told`, () => {
  it('leaves nobody untold, repeats only under the same id, and tells of nothing that was not stored', async () => {
    let server = await startServer(env);
    const [key, token] = [await secretOf('ingest-key'), await secretOf('api-token')];
    await makeSinks(server, token);
    let acknowledged = 0;
    for (let round = 1; round <= rounds; round++) {
      const load = Promise.all([keepPosting(server.url, key), keepPosting(server.url, key)]);
      await sleep(100 + Math.random() * 500);
      await server.stop('SIGKILL');
      acknowledged += (await load).reduce((sum, count) => sum + count, 0);
      server = await startServer(env);
    }
    const left = "select count(*) as rows from delivery where status in ('QUEUED', 'GATHERING')";
    const behind = `select h.feed_cursor - r.feed_cursor as rows from journal_head h, delivery_router r
      where exists (select 1 from feed where topic = 'alertRaised' and cursor > r.feed_cursor)`;
    for (const giveUpAt = Date.now() + 120_000; Date.now() < giveUpAt; await sleep(250)) {
      if (read<{ rows: number }>(left)[0]?.rows === 0 && read(behind).length === 0) break;
    }
    await server.stop();

    const groups = read<{ id: string }>("select id from alert_group where type <> 'failing-sink'");
    const deliveries = read<{ id: string; sink_id: string; group_id: string; status: string; name: string }>(
      'select d.id, d.sink_id, d.group_id, d.status, s.name from delivery d join event_sink s on s.id = d.sink_id',
    );
    const told = new Set(deliveries.map(({ group_id, name }) => `${group_id} ${name}`));
    const received = new Set(posts.map(({ sink, id }) => `${sink} ${id}`));
    expect(groups.length).toBeGreaterThanOrEqual(acknowledged);
    expect(groups.flatMap(({ id }) => sinks.filter((sink) => !told.has(`${id} ${sink}`)))).toEqual([]);
    expect(deliveries).toHaveLength(groups.length * sinks.length);
    expect(deliveries.filter(({ status }) => status !== 'DELIVERED')).toEqual([]);
    expect(deliveries.filter(({ id, name }) => !received.has(`${name} ${id}`))).toEqual([]);
    expect(received.size).toBe(deliveries.length);
    console.log(
      JSON.stringify({
        rounds,
        acknowledged,
        groups: groups.length,
        deliveries: deliveries.length,
        posts: posts.length,
      }),
    );
    expect(acknowledged).toBeGreaterThan(rounds);
  });
});
