import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { createLog } from '../../server/log.ts';
import { openStore } from '../../server/store.ts';
import { aWazuhAlert } from '../support/builders.ts';
import { compareStored, IngestLoad, type Sent } from '../support/ingest-load.ts';
import { type Environment, runTocsin, type ServerProcess, settingsOf, startServer } from '../support/server-process.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let database: TestDatabase;
let env: Environment;
let server: ServerProcess;

beforeEach(async () => {
  database = await createTestDatabase();
  env = settingsOf(database);
  server = await startServer(env);
});

afterEach(async () => {
  await server.stop('SIGKILL');
  await database.drop();
});

async function makeKey(): Promise<string> {
  const { stdout } = await runTocsin(['credential', 'create', '--kind', 'ingest-key', '--name', 'load', '--json'], env);
  return JSON.parse(stdout).secret;
}

async function storedEvents(): Promise<{ id: string; external_id: string | null }[]> {
  const store = await openStore(readConfig(env), createLog('silent'), Date.now);
  try {
    return await store.database.read('select id, external_id from event order by seq', []);
  } finally {
    await store.database.close();
  }
}

/** Until so many records were acknowledged. */
const goesOn = ({ sent }: IngestLoad, records: number) =>
  vi.waitUntil(() => sent.acknowledged.size >= records, { timeout: 20_000, interval: 5 });
/** For who starts servers while others work on the same machine. */
const patiently = 90_000;

describe('a start on an empty folder', () => {
  it('is ready, says where it listens and what to do next', async () => {
    const ready = await fetch(`${server.url}/readyz`);

    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ status: 'ready', eventsWaiting: 0 });
    expect(server.output).toContain(`Tocsin listens on ${server.url}`);
    expect(server.output).toMatch(`${server.url}/setup#token=tocsin_setup_`);
    expect(server.output).toContain('credential create --kind ingest-key');
    expect(server.output).toContain(`${server.url}/api/v1/webhooks/wazuh`);
    expect(server.output).toContain(`${server.url}/graphql`);
  });

  it('logs one JSON object a line, the last of them that it is ready', async () => {
    const { stdout } = await server.stop();
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

    expect(lines.find(({ msg }) => msg === 'Tocsin is ready')).toMatchObject({ level: 'info', url: server.url });
    expect(lines.at(-1)).toMatchObject({ level: 'info', msg: 'Tocsin has stopped' });
  });
});

describe('SIGTERM', () => {
  it('ends an idle server with code 0', async () => {
    expect(await server.stop()).toMatchObject({ code: 0, signal: null });
  });

  it('ends a server with idle keep-alive connections long before those time out', async () => {
    await fetch(`${server.url}/livez`);
    const startedAt = performance.now();

    expect(await server.stop()).toMatchObject({ code: 0 });
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  it('under load ends within 10 s with code 0, and all that was acknowledged is stored once', async () => {
    const load = new IngestLoad({ url: server.url, key: await makeKey(), singles: 16, batches: 2, batchSize: 100 });
    await goesOn(load, 150);
    const startedAt = performance.now();
    const ended = await server.stop();
    const tookMs = performance.now() - startedAt;
    const sent = await load.stop();

    expect(ended).toMatchObject({ code: 0, signal: null });
    expect(tookMs).toBeLessThan(10_000);
    expect(sent.acknowledged.size).toBeGreaterThan(100);
    expect([...sent.refused.keys()].filter((status) => status !== 503)).toEqual([]);
    server = await startServer(env);
    expect(compareStored(sent, await storedEvents())).toEqual([]);
  });
});

describe('kill -9', () => {
  it(
    'under load, three times, loses nothing acknowledged, repeats nothing, and leaves counters that are right',
    async () => {
      const key = await makeKey();
      const all: Sent = { requests: [], acknowledged: new Map(), refused: new Map() };
      for (const enough of [20, 120, 300]) {
        const load = new IngestLoad({ url: server.url, key, singles: 16, batches: 2, batchSize: 100 });
        await goesOn(load, enough);
        await server.stop('SIGKILL');
        const sent = await load.stop();
        all.requests.push(...sent.requests);
        for (const [mark, id] of sent.acknowledged) all.acknowledged.set(mark, id);
        server = await startServer(env);
      }

      expect(all.acknowledged.size).toBeGreaterThan(300);
      expect(compareStored(all, await storedEvents())).toEqual([]);
      const doctor = await runTocsin(['doctor', '--json'], env);
      expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
    },
    patiently,
  );

  it('leaves a folder that the next start takes over at once, and keys that go on working', async () => {
    const key = await makeKey();
    await server.stop('SIGKILL');
    server = await startServer(env);
    const reply = await fetch(`${server.url}/api/v1/webhooks/wazuh`, {
      method: 'POST',
      headers: { 'X-API-Key': key },
      body: JSON.stringify(aWazuhAlert()),
    });

    expect(reply.status).toBe(200);
  });
});
