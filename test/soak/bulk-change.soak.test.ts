import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { aWazuhAlert } from '../support/builders.ts';
import { compareStored, IngestLoad, type Sent } from '../support/ingest-load.ts';
import { type Environment, runTocsin, type ServerProcess, startServer } from '../support/server-process.ts';

const groups = 100_000;
const perPost = 1000;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
const env: Environment = { PORT: '0', TOCSIN_DATA_DIR: folder };

let server: ServerProcess | undefined;

afterAll(async () => {
  await server?.stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Progress {
  readonly id: string;
  readonly status: string;
  readonly total: number;
  readonly changed: number;
  readonly undone: number;
  readonly kept: number;
}

const progress = 'id status total changed undone kept';

async function secretOf(kind: string): Promise<string> {
  const made = await runTocsin(['credential', 'create', '--kind', kind, '--name', `soak ${kind}`, '--json'], env);
  return JSON.parse(made.stdout).secret;
}

/** What is stored, whether a server runs or not. */
function read<Row>(sql: string, ...params: unknown[]): Row[] {
  const database = new Database(join(folder, 'tocsin.db'), { readonly: true });
  try {
    return database.prepare(sql).all(...params) as Row[];
  } finally {
    database.close();
  }
}

const triage = () =>
  read(
    `select id, status, verdict, assignee_id, quiet_severity, closed_at from alert_group
     where fingerprint not in (select fingerprint from alert_group group by fingerprint having count(*) > 1)
     order by id limit ${groups}`,
  );

async function fill(url: string, key: string): Promise<void> {
  for (let first = 0; first < groups; first += perPost) {
    const alerts = Array.from({ length: perPost }, (_, place) =>
      aWazuhAlert({ rule: { id: `soak-${first + place}`, level: 4 + (place % 10) } }),
    );
    const headers = { 'x-api-key': key, 'content-type': 'application/json' };
    const reply = await fetch(`${url}/api/v1/webhooks/wazuh`, {
      method: 'POST',
      headers,
      body: JSON.stringify(alerts),
    });
    expect(reply.status).toBe(200);
  }
}

describe(`one change of ${groups.toLocaleString('en')} groups`, () => {
  it('is made and taken back exactly while alerts come in, though the server is killed in the middle of both', async () => {
    server = await startServer(env);
    const [key, token] = [await secretOf('ingest-key'), await secretOf('api-token')];
    const all: Sent = { requests: [], acknowledged: new Map(), refused: new Map() };
    const ask = async (query: string): Promise<Progress> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const reply = await fetch(`${server?.url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
      const { data, errors } = (await reply.json()) as { data: Record<string, Progress>; errors?: unknown };
      expect(errors).toBeUndefined();
      return Object.values(data)[0] as Progress;
    };
    const startLoad = () => new IngestLoad({ url: String(server?.url), key, singles: 4, batches: 1, batchSize: 10 });
    let load: IngestLoad | undefined;
    const stopLoad = async () => {
      const sent = await load?.stop();
      all.requests.push(...(sent?.requests ?? []));
      for (const [mark, id] of sent?.acknowledged ?? []) all.acknowledged.set(mark, id);
      for (const [status, times] of sent?.refused ?? [])
        all.refused.set(status, (all.refused.get(status) ?? 0) + times);
    };
    /** Follows a job to its end; kills the server once half of it is done. */
    const follow = async (id: string, last: string): Promise<number> => {
      const startedAt = performance.now();
      let wasKilled = false;
      for (;;) {
        await sleep(100);
        const found = await ask(`{ bulkChange(id: "${id}") { ${progress} } }`);
        const done = last === 'DONE' ? found.changed : found.undone + found.kept;
        expect(done).toBeLessThanOrEqual(found.total);
        if (found.status === last) return performance.now() - startedAt;
        if (wasKilled || done < found.total / 2) continue;
        wasKilled = true;
        await server?.stop('SIGKILL');
        await stopLoad();
        server = await startServer(env);
        load = startLoad();
      }
    };

    await fill(server.url, key);
    load = startLoad();
    const before = triage();
    expect(before).toHaveLength(groups);
    const { id } = await ask(
      `mutation { updateAlertGroups(filter: {}, change: { status: RESOLVED, verdict: BENIGN, note: "All clear" }) { ${progress} } }`,
    );
    const closingMs = await follow(id, 'DONE');
    const [left] = read<{ open: number }>(
      `select count(*) as open from alert_group where closed_at is null and id <= (select until from bulk_change where id = ?)`,
      id,
    );
    expect(left).toEqual({ open: 0 });
    await ask(`mutation { undoBulkChange(id: "${id}") { ${progress} } }`);
    const undoingMs = await follow(id, 'UNDONE');
    const end = await ask(`{ bulkChange(id: "${id}") { ${progress} } }`);
    await stopLoad();
    await server.stop();

    console.log(JSON.stringify({ ...end, closingMs, undoingMs, acknowledged: all.acknowledged.size }));
    expect(end).toMatchObject({ undone: end.changed, kept: 0 });
    expect(end.changed).toBeGreaterThanOrEqual(groups);
    expect(triage()).toEqual(before);
    const [entries] = read(
      'select count(*) as steps, count(distinct group_id) as of from alert_group_entry where bulk_change_id = ?',
      id,
    );
    expect(entries).toEqual({ steps: 2 * end.changed, of: end.changed });
    const [odd] = read(
      `select count(*) as odd from alert_group g where version <> 1 + (select count(*) from alert_group_entry e
         where e.tenant_id = g.tenant_id and e.group_id = g.id)`,
    );
    expect(odd).toEqual({ odd: 0 });
    const stored = read<{ id: string; external_id: string | null }>('select id, external_id from event');
    expect(
      compareStored(
        all,
        stored.filter(({ external_id }) => external_id !== null),
      ),
    ).toEqual([]);
  });
});
