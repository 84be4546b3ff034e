import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MigrationProgress, migrate } from '../../../../server/persistence/migrate.ts';
import { sqliteMigrations } from '../../../../server/persistence/migrations/sqlite/index.ts';
import { openSqlite } from '../../../../server/persistence/sqlite/sqlite-database.ts';
import { SqliteThreadDialect } from '../../../../server/persistence/sqlite/sqlite-dialect.ts';
import { openSqliteOrm } from '../../../../server/persistence/sqlite/sqlite-orm.ts';
import { SqliteThread } from '../../../../server/persistence/sqlite/sqlite-thread.ts';
import { Turns } from '../../../../server/persistence/turns.ts';
import { aJournalGroup } from '../../../support/journal-rows.ts';

const tenantId = '019aa5c2-3c00-7000-8000-000000000000';
let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-thread-'));
  file = join(folder, 'tocsin.db');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (thread: SqliteThread, sql: string) => thread.request({ kind: 'read', sql, params: [] });
const execute = (thread: SqliteThread, sql: string) => thread.request({ kind: 'execute', sql, params: [] });

describe('SqliteThread', () => {
  it("carries SQLite's own code over with an error", async () => {
    const writer = new SqliteThread({ file, role: 'writer' });
    await execute(writer, 'create table t (name text not null unique)');
    await execute(writer, "insert into t values ('a')");

    await expect(execute(writer, "insert into t values ('a')")).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_UNIQUE',
      message: 'UNIQUE constraint failed: t.name',
    });
    await expect(execute(writer, 'insert into t values (null)')).rejects.toMatchObject({
      code: 'SQLITE_CONSTRAINT_NOTNULL',
    });
    await expect(read(writer, 'select nothing')).rejects.toMatchObject({ code: 'SQLITE_ERROR' });
    await writer.close();
  });

  it('lets a reader see what is committed and write nothing', async () => {
    const writer = new SqliteThread({ file, role: 'writer' });
    await execute(writer, 'create table t (name text)');
    await execute(writer, "insert into t values ('a')");
    const reader = new SqliteThread({ file, role: 'reader' });

    expect(await read(reader, 'select * from t')).toEqual([{ name: 'a' }]);
    for (const sql of ["insert into t values ('b')", 'delete from t', 'drop table t', 'create table u (a)'])
      await expect(execute(reader, sql)).rejects.toMatchObject({ code: 'SQLITE_READONLY' });
    expect(await read(writer, 'select * from t')).toEqual([{ name: 'a' }]);
    await reader.close();
    await writer.close();
  });

  it('answers in order and counts what waits', async () => {
    const writer = new SqliteThread({ file, role: 'writer' });
    const answers = Promise.all([1, 2, 3].map((number) => read(writer, `select ${number} as number`)));

    expect(writer.waiting).toBe(3);
    expect(await answers).toEqual([[{ number: 1 }], [{ number: 2 }], [{ number: 3 }]]);
    expect(writer.waiting).toBe(0);
    await writer.close();
  });

  it('refuses what comes after its end, and what waits when it cannot open its file', async () => {
    const writer = new SqliteThread({ file, role: 'writer' });
    await writer.close();
    const lost = new SqliteThread({ file: join(folder, 'no', 'such', 'folder.db'), role: 'writer' });

    await expect(read(writer, 'select 1')).rejects.toThrow('The SQLite thread is closed');
    await expect(read(lost, 'select 1')).rejects.toThrow(/directory does not exist|unable to open/);
    await expect(read(lost, 'select 1')).rejects.toThrow(/directory does not exist|unable to open/);
  });
});

describe('a transaction of MikroORM on the writer', () => {
  it('keeps the journal out until it ends', async () => {
    const database = await openSqlite({ dataDir: folder, readers: 1 });
    const seen: string[] = [];
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const transaction = database.em().transactional(async (em) => {
      await em
        .getDriver()
        .execute('update journal_head set feed_cursor = feed_cursor', [], 'run', em.getTransactionContext());
      seen.push('transaction begins');
      await mayEnd;
      seen.push('transaction ends');
    });
    await sleep(50);
    const commit = database.commit(aJournalGroup([{ tenantId }])).then(() => seen.push('group is committed'));
    await sleep(100);
    end();
    await Promise.all([transaction, commit]);
    await database.close();

    expect(seen).toEqual(['transaction begins', 'transaction ends', 'group is committed']);
  });

  it('that fails is rolled back, and the journal goes on', async () => {
    const database = await openSqlite({ dataDir: folder, readers: 1 });
    const failed = database.em().transactional(async (em) => {
      await em.getDriver().execute("insert into counter values ('t', 'x', 1)", [], 'run', em.getTransactionContext());
      throw new Error('no');
    });
    const commit = database.commit(aJournalGroup([{ tenantId }]));

    await expect(failed).rejects.toThrow('no');
    await expect(commit).resolves.toMatchObject({ repeats: [] });
    expect(await database.read('select name, value from counter', [])).toEqual([{ name: 'events', value: 1 }]);
    await database.close();
  });
});

describe('a new file', () => {
  it('is made and opened by several at the same moment', async () => {
    for (let round = 0; round < 5; round++) {
      const dataDir = join(folder, `round-${round}`);
      const opened = await Promise.all(Array.from({ length: 4 }, () => openSqlite({ dataDir, readers: 2 })));
      const found = await Promise.all(
        opened.map((database) => database.read('select count(*) as n from migration', [])),
      );

      expect(new Set(found.map((rows) => JSON.stringify(rows))).size).toBe(1);
      for (const database of opened) await database.close();
    }
  });
});

describe('an update of the tables', () => {
  it('is told of while it goes on', async () => {
    const thread = new SqliteThread({ file, role: 'writer' });
    const dialect = new SqliteThreadDialect(thread, new Turns());
    const orm = await openSqliteOrm(dialect, dialect);
    const told: MigrationProgress[] = [];
    await migrate(orm.migrator, sqliteMigrations, (progress) => told.push(progress), 1);
    await orm.close();
    await thread.close();

    expect(told.length).toBeGreaterThan(0);
    const names = ['', ...sqliteMigrations.map(({ name }) => name)];
    for (const { step, place, of } of told) expect([step, of]).toEqual([names[place], sqliteMigrations.length]);
  });
});

describe('a database that cannot be trusted', () => {
  it.each([
    [
      'whose pages are damaged',
      (db: Database.Database) =>
        db.exec("pragma writable_schema = on; update sqlite_master set rootpage = 9999 where name = 'event'"),
    ],
    [
      'of a later Tocsin',
      (db: Database.Database) => db.exec("insert into migration (name, executed_at) values ('9999-future', 0)"),
    ],
  ])('%s is refused in words', async (_, spoil) => {
    await (await openSqlite({ dataDir: folder, readers: 1 })).close();
    const raw = new Database(file);
    raw.unsafeMode();
    spoil(raw);
    raw.close();
    const opening = openSqlite({ dataDir: folder, readers: 1 });
    const outcome = await opening.then(
      (database) => database.close().then(() => 'opened'),
      (cause: Error) => cause.constructor.name,
    );

    expect(outcome).toBe('StartRefused');
  });
});
