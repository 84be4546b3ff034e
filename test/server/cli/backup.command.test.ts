import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IngestLoad } from '../../support/ingest-load.ts';
import { type Environment, runTocsin, type ServerProcess, startServer } from '../../support/server-process.ts';

const patiently = { timeout: 20_000, interval: 20 };
const command = join(import.meta.dirname, '../../../dist/server/cli/tocsin.js');
let folder: string;
let dataDir: string;
let env: Environment;
let server: ServerProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-backup-'));
  dataDir = join(folder, 'data');
  env = { PORT: '0', TOCSIN_DATA_DIR: dataDir };
});

afterEach(async () => {
  await server?.stop('SIGKILL');
  server = undefined;
  rmSync(folder, { recursive: true, force: true });
});

/** Marks of the Wazuh alerts that a database file holds. */
function marksIn(file: string): Set<string> {
  const database = new Database(file, { readonly: true });
  try {
    return new Set(database.prepare('select external_id from event').pluck().all().map(String));
  } finally {
    database.close();
  }
}

async function loaded(): Promise<{ running: ServerProcess; load: IngestLoad }> {
  const running = await startServer(env);
  server = running;
  const args = ['credential', 'create', '--kind', 'ingest-key', '--name', 'load', '--json'];
  const { secret } = JSON.parse((await runTocsin(args, env)).stdout);
  const load = new IngestLoad({ url: running.url, key: secret, singles: 4, batches: 1, batchSize: 50 });
  await expect.poll(() => load.sent.acknowledged.size, patiently).toBeGreaterThan(300);
  return { running, load };
}

const backUp = (file: string) => runTocsin(['backup', file, '--json'], env);

describe('tocsin backup and restore', () => {
  it('copy a database under load, and bring back what was acknowledged before the copy began', async () => {
    const { running, load } = await loaded();
    const before = [...load.sent.acknowledged.keys()];
    const file = join(folder, 'good.db');
    const { code, stdout, stderr } = await backUp(file);
    const { acknowledged } = await load.stop();

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const kept = marksIn(file);
    expect(before.filter((mark) => !kept.has(mark))).toEqual([]);
    expect(JSON.parse(stdout)).toEqual({ file, bytes: statSync(file).size, events: kept.size });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).sort()).toEqual(['data', 'good.db']);

    const inUse = await runTocsin(['restore', file], env);
    expect([inUse.code, inUse.stderr]).toEqual([1, expect.stringContaining(`process ${running.pid}) already serves`)]);

    // Killed, so that commits still stand in the -wal file.
    await running.stop('SIGKILL');
    expect(existsSync(join(dataDir, 'tocsin.db-wal'))).toBe(true);
    const restored = await runTocsin(['restore', file, '--json'], env);
    expect({ code: restored.code, stderr: restored.stderr }).toEqual({ code: 0, stderr: '' });
    const { replaced, events } = JSON.parse(restored.stdout);
    expect(events).toBe(kept.size);
    expect(existsSync(join(dataDir, 'tocsin.db-wal'))).toBe(false);
    expect(marksIn(join(dataDir, 'tocsin.db'))).toEqual(kept);
    const old = marksIn(replaced);
    expect([...acknowledged.keys()].filter((mark) => !old.has(mark))).toEqual([]);

    server = await startServer(env);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    const doctor = await runTocsin(['doctor', '--json'], env);
    expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
  });

  it('killed in the middle leave no file under the final name, and the folder as it was', async () => {
    const { running, load } = await loaded();
    const seen = new Set<string>();
    for (let round = 0; round < 4; round++) {
      const name = `killed-${round}.db`;
      const child = spawn(process.execPath, [command, 'backup', join(folder, name)], { env, stdio: 'ignore' });
      const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      // Once the copy has begun, at the latest when it is over: the name appears by one rename.
      while (!readdirSync(folder).some((file) => file.startsWith(name)) && child.exitCode === null) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      child.kill('SIGKILL');
      await gone;
      if (existsSync(join(folder, name))) expect(marksIn(join(folder, name)).size).toBeGreaterThan(300);
      for (const file of readdirSync(folder)) if (file.includes('partial')) seen.add(name);
    }
    expect(seen.size).toBeGreaterThan(0);
    await load.stop();
    await running.stop();

    const good = join(folder, 'good.db');
    expect((await backUp(good)).code).toBe(0);
    const marks = marksIn(good);
    const child = spawn(process.execPath, [command, 'restore', good], { env, stdio: 'ignore' });
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    while (!existsSync(join(dataDir, 'tocsin.db.restoring')) && child.exitCode === null) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    child.kill('SIGKILL');
    await gone;
    expect(marksIn(join(dataDir, 'tocsin.db'))).toEqual(marks);
    expect((await runTocsin(['restore', good], env)).code).toBe(0);
    expect(marksIn(join(dataDir, 'tocsin.db'))).toEqual(marks);
  });

  it('restore into a folder that has no database yet', async () => {
    await runTocsin(['tenant', 'list'], env);
    const file = join(folder, 'good.db');
    await backUp(file);
    const other = { ...env, TOCSIN_DATA_DIR: join(folder, 'other') };
    const { stdout } = await runTocsin(['restore', file, '--json'], other);

    expect(JSON.parse(stdout)).toEqual({ file: join(folder, 'other/tocsin.db'), events: 0, replaced: null });
  });
});

describe('tocsin backup refuses, without a stack,', () => {
  it('to write over a file, or into a folder that is not there', async () => {
    await runTocsin(['tenant', 'list'], env);
    writeFileSync(join(folder, 'taken.db'), 'mine');
    const taken = await backUp(join(folder, 'taken.db'));
    const lost = await runTocsin(['backup', join(folder, 'no/such.db')], env);

    expect([taken.code, JSON.parse(taken.stdout)]).toEqual([
      1,
      { error: `${join(folder, 'taken.db')} is there already: name a new file` },
    ]);
    expect([lost.code, lost.stdout, lost.stderr]).toEqual([
      1,
      '',
      expect.stringMatching(/cannot be copied to .*ENOENT/),
    ]);
    expect(lost.stderr).not.toMatch(/^\s+at /m);
    expect(readdirSync(folder).sort()).toEqual(['data', 'taken.db']);
  });

  it.each(['backup', 'restore'])('a PostgreSQL database (%s)', async (verb) => {
    const postgres = { ...env, DATABASE_URL: 'postgres://tocsin:hunter2@127.0.0.1:9/tocsin' };
    const { code, stderr } = await runTocsin([verb, join(folder, 'a.db')], postgres);

    expect([code, stderr]).toEqual([1, expect.stringMatching(/^DATABASE_URL names a PostgreSQL .* pg_dump/)]);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('tocsin restore refuses, and changes nothing,', () => {
  const spoil: readonly [string, (file: string) => void, RegExp][] = [
    ['what is no database', (file) => writeFileSync(file, 'This is no database. '.repeat(1000)), /not a database/],
    ['what is not there', (file) => rmSync(file), /cannot be copied/],
    [
      'a database that is not ours',
      (file) => {
        rmSync(file);
        new Database(file).exec('create table recipe (id integer)').close();
      },
      /is not a database of Tocsin/,
    ],
    [
      'a database of a later version',
      (file) => {
        new Database(file).exec("insert into migration (name) values ('9999-later')").close();
      },
      /changed by a later version of Tocsin \(9999-later\)/,
    ],
    [
      'a damaged database',
      (file) => {
        const database = new Database(file);
        database.unsafeMode(true);
        database.pragma('writable_schema = on');
        database.exec("update sqlite_schema set rootpage = rootpage + 1 where name = 'alert'");
        database.close();
      },
      /is damaged: |malformed/,
    ],
  ];

  it('and says of each file what is wrong with it', async () => {
    await runTocsin(['tenant', 'create', '--name', 'Kept'], env);
    await backUp(join(folder, 'good.db'));
    for (const [what, damage, words] of spoil) {
      const file = join(folder, 'bad.db');
      copyFileSync(join(folder, 'good.db'), file);
      damage(file);
      const { code, stdout, stderr } = await runTocsin(['restore', file], env);

      expect({ what, code, stdout }).toEqual({ what, code: 1, stdout: '' });
      expect(stderr, what).toMatch(words);
      expect(stderr, what).not.toMatch(/^\s+at /m);
    }
    expect(readdirSync(dataDir).filter((name) => /restoring|replaced/.test(name))).toEqual([]);
    expect((await runTocsin(['tenant', 'list'], env)).stdout).toContain('Kept');
  });
});
