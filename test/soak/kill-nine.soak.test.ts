import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { compareStored, IngestLoad, type Sent } from '../support/ingest-load.ts';
import { type Environment, runTocsin, type ServerProcess, startServer } from '../support/server-process.ts';

const rounds = 30;
const folder = mkdtempSync(join(tmpdir(), 'tocsin-soak-'));
const file = join(folder, 'tocsin.db');
const env: Environment = { PORT: '0', TOCSIN_DATA_DIR: folder };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the files say while no server runs: opening them replays the log as the next start does. */
function inspect() {
  const database = new Database(file);
  try {
    const count = (sql: string) => database.prepare(sql).pluck().get() as number;
    // Compares every word of full text with the rows it was made from, and throws when they differ.
    database.exec("insert into event_text (event_text, rank) values ('integrity-check', 1)");
    return {
      stored: database.prepare('select id, external_id from event').all() as { id: string; external_id: string }[],
      integrity: database.pragma('integrity_check', { simple: true }),
      inFullText: count('select count(*) from event_text_docsize'),
      alerts: count('select count(*) from alert'),
      fed: count('select count(*) from feed'),
      lastCursor: count('select coalesce(max(cursor), 0) from feed'),
      inGroups: count('select coalesce(sum(count), 0) from alert_group'),
      head: database.prepare('select event_seq, feed_cursor from journal_head').get(),
    };
  } finally {
    database.close();
  }
}

function addTo(all: Sent, sent: Sent): void {
  all.requests.push(...sent.requests);
  for (const [mark, id] of sent.acknowledged) all.acknowledged.set(mark, id);
  for (const [status, times] of sent.refused) all.refused.set(status, (all.refused.get(status) ?? 0) + times);
}

describe(`kill -9 at ${rounds} random moments under load`, () => {
  it('loses nothing acknowledged, stores nothing twice or in part, and harms no file', async () => {
    const all: Sent = { requests: [], acknowledged: new Map(), refused: new Map() };
    const readyMs: number[] = [];
    let server: ServerProcess = await startServer(env);
    const made = await runTocsin(['credential', 'create', '--kind', 'ingest-key', '--name', 'soak', '--json'], env);
    const { secret: key } = JSON.parse(made.stdout);

    for (let round = 1; round <= rounds; round++) {
      const killAfterMs = 50 + Math.floor(Math.random() * 1450);
      const load = new IngestLoad({ url: server.url, key, singles: 16, batches: 2, batchSize: 100 });
      await sleep(killAfterMs);
      await server.stop('SIGKILL');
      addTo(all, await load.stop());

      const { stored, integrity, inFullText, alerts, fed, lastCursor, inGroups, head } = inspect();
      const about = `round ${round}, killed after ${killAfterMs} ms`;
      expect(compareStored(all, stored), about).toEqual([]);
      expect(integrity, about).toBe('ok');
      const events = stored.length;
      expect({ inFullText, alerts, fed, lastCursor, inGroups }, about).toEqual({
        inFullText: events,
        alerts: events,
        fed: events,
        lastCursor: events,
        inGroups: events,
      });
      expect(head, about).toEqual({ event_seq: events, feed_cursor: events });

      server = await startServer(env);
      readyMs.push(Math.round(server.readyMs));
    }

    const doctor = await runTocsin(['doctor', '--json'], env);
    await server.stop();
    const { stored } = inspect();
    const byTime = readyMs.toSorted((left, right) => left - right);
    console.log(
      JSON.stringify({
        rounds,
        requests: all.requests.length,
        acknowledged: all.acknowledged.size,
        storedButNotAcknowledged: stored.length - all.acknowledged.size,
        refused: Object.fromEntries(all.refused),
        faults: compareStored(all, stored).length,
        readyMs: { median: byTime[rounds / 2], most: byTime.at(-1) },
        databaseMB: Math.round(statSync(file).size / 1e5) / 10,
      }),
    );

    expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
    expect(byTime.at(-1)).toBeLessThanOrEqual(3000);
    expect(all.acknowledged.size).toBeGreaterThan(1000);
  });
});
