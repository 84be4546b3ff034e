import { join } from 'node:path';
import type { EntityManager, MikroORM } from '@mikro-orm/sqlite';
import { type StartProblem, StartRefused } from '../../errors.ts';
import { makeDataDir, makePrivate } from '../data-dir.ts';
import type { BootCheck, Database } from '../database.ts';
import { waitForLock } from '../file-lock.ts';
import type { CommittedGroup, JournalGroup, SqlValue } from '../journal/journal-group.ts';
import { migrate, type TellProgress } from '../migrate.ts';
import { sqliteMigrations } from '../migrations/sqlite/index.ts';
import { Turns } from '../turns.ts';
import { saysDamaged } from './sqlite-backup.ts';
import { checkSqlite } from './sqlite-checks.ts';
import { SqliteThreadDialect } from './sqlite-dialect.ts';
import { openSqliteOrm } from './sqlite-orm.ts';
import { SqliteThread } from './sqlite-thread.ts';

/** How long one process waits for another to bring the tables up to date. */
const migrationWaitMs = 60_000;

export interface SqliteOptions {
  readonly dataDir: string;
  /** Threads that serve queries; one more writes. */
  readonly readers: number;
  /** Told while the tables are brought up to date, where that takes long. */
  readonly tell?: TellProgress;
}

/** Opens, and where needed creates and migrates, `tocsin.db` in the data folder. */
export async function openSqlite(options: SqliteOptions): Promise<Database> {
  const file = databaseFile(options.dataDir);
  makeDataDir(options.dataDir);
  makePrivate(file);
  const threads: SqliteThread[] = [];
  const open = (role: 'writer' | 'reader') => {
    const thread = new SqliteThread({ file, role });
    threads.push(thread);
    return thread;
  };
  try {
    const writer = open('writer');
    const { version, checks } = await checkSqlite(writer);
    refuseUnsafe(checks);
    // Only now: while a new file is made a WAL database, nobody else can open it.
    const readers = Array.from({ length: Math.max(1, options.readers) }, () => open('reader'));
    const openScanner = () => new SqliteThread({ file, role: 'reader' });
    return await prepare(file, writer, readers, openScanner, version, checks, options.tell);
  } catch (cause) {
    await Promise.allSettled(threads.map((thread) => thread.close()));
    if (cause instanceof StartRefused) throw cause;
    throw new StartRefused(
      `The database ${file} cannot be used: ${(cause as Error).message}`,
      problemOf(cause as Error),
    );
  }
}

/** An error that comes from a thread may have lost its code, never its words. */
function problemOf({ message, code = '' }: Error & { code?: string }): StartProblem | undefined {
  if (saysDamaged(code + message)) return 'DATABASE_DAMAGED';
  return /CANTOPEN|READONLY|PERM|unable to open|readonly/.test(code + message) ? 'FOLDER_BLOCKED' : undefined;
}

/** The guarantees are checked before anything is written. */
function refuseUnsafe(checks: readonly BootCheck[]): void {
  const failed = checks.filter((check) => !check.ok);
  if (failed.length === 0) return;
  throw new StartRefused(
    `SQLite is not safe here: ${failed.map(({ name, found }) => `${name}, found ${found}`).join('; ')}`,
  );
}

/** Brings the tables up to date. */
async function prepare(
  file: string,
  writer: SqliteThread,
  readers: readonly SqliteThread[],
  openScanner: () => SqliteThread,
  version: string,
  checks: readonly BootCheck[],
  tell: TellProgress = () => {},
): Promise<Database> {
  const writing = new Turns();
  const [reader = writer] = readers;
  const orm = await openSqliteOrm(
    new SqliteThreadDialect(writer, writing),
    new SqliteThreadDialect(reader, new Turns()),
  );
  // A command and the server may meet an empty database at the same moment.
  const unlock = await waitForLock(`${file}.migrating`, migrationWaitMs);
  await migrate(orm.migrator, sqliteMigrations, tell).finally(unlock);
  return new SqliteDatabase(orm, writer, readers, openScanner, writing, version, checks);
}

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'tocsin.db');
}

class SqliteDatabase implements Database {
  readonly kind = 'sqlite';
  readonly version: string;
  readonly checks: readonly BootCheck[];
  readonly #orm: MikroORM;
  readonly #writer: SqliteThread;
  readonly #readers: readonly SqliteThread[];
  readonly #openScanner: () => SqliteThread;
  #scanner: SqliteThread | undefined;
  readonly #writing: Turns;

  constructor(
    orm: MikroORM,
    writer: SqliteThread,
    readers: readonly SqliteThread[],
    openScanner: () => SqliteThread,
    writing: Turns,
    version: string,
    checks: readonly BootCheck[],
  ) {
    this.#orm = orm;
    this.#writer = writer;
    this.#readers = readers;
    this.#openScanner = openScanner;
    this.#writing = writing;
    this.version = version;
    this.checks = checks;
  }

  em(): EntityManager {
    return this.#orm.em.fork();
  }

  read<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]> {
    return this.#leastBusyReader().request<Row[]>({ kind: 'read', sql, params });
  }

  /** In a thread of its own, started by whoever first needs it: most servers never do. */
  scan<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]> {
    this.#scanner ??= this.#openScanner();
    return this.#scanner.request<Row[]>({ kind: 'read', sql, params });
  }

  async commit(group: JournalGroup): Promise<CommittedGroup> {
    const pass = await this.#writing.take();
    const committed = this.#writer.request<CommittedGroup>({ kind: 'commit', group });
    // The thread answers in order, so the next group may be sent while this one is written.
    pass();
    return committed;
  }

  textMatch(words: readonly string[], seq: string) {
    const query = words.map((word) => `"${word}"*`).join(' AND ');
    return { sql: `${seq} in (select rowid from event_text where event_text match ?)`, params: [query] };
  }

  async close(): Promise<void> {
    await this.#orm.close();
    await Promise.all([...this.#readers, this.#scanner].map((reader) => reader?.close()));
    await this.#writer.close();
  }

  #leastBusyReader(): SqliteThread {
    return this.#readers.reduce((best, reader) => (reader.waiting < best.waiting ? reader : best));
  }
}
