import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import Database, { type Statement } from 'better-sqlite3';
import { ipKey } from '../../ip-address.ts';
import type { JournalGroup, SqlValue } from '../journal/journal-group.ts';
import { SqliteJournalWriter } from './sqlite-journal-writer.ts';

/** Entry of a SQLite thread: one connection, messages answered in order, one at a time. */
export interface SqliteThreadOptions {
  readonly file: string;
  readonly role: 'writer' | 'reader';
}

export type SqliteRequest =
  /** A statement with bound parameters, prepared once and kept. */
  | { readonly kind: 'read'; readonly sql: string; readonly params: readonly SqlValue[] }
  /** A statement as MikroORM writes it, used once. */
  | { readonly kind: 'execute'; readonly sql: string; readonly params: readonly unknown[] }
  | { readonly kind: 'commit'; readonly group: JournalGroup }
  | { readonly kind: 'close' };

export type SqliteAnswer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string; readonly code: string | undefined } };

/**
 * Where a priority is a thread's own (Linux), SQLite gives way to the event loop: on a machine with few cores a long commit would
 * otherwise hold up everybody who is answered from there.
 */
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

const keptStatements = 200;
/** How long another process may hold the file, in milliseconds. */
const busyMs = 10_000;
const { file, role } = workerData as SqliteThreadOptions;
const database = open();
const prepared = new Map<string, Statement>();
let journal: SqliteJournalWriter | undefined;

parentPort?.on('message', ({ id, request }: { id: number; request: SqliteRequest }) => {
  parentPort?.postMessage(answer(id, request));
});

function answer(id: number, request: SqliteRequest): SqliteAnswer {
  try {
    return { id, value: run(request) };
  } catch (cause) {
    const { message, code } = cause as Error & { code?: string };
    return { id, error: { message, code } };
  }
}

function run(request: SqliteRequest): unknown {
  switch (request.kind) {
    case 'read':
      return keep(request.sql).all(request.params);
    case 'execute':
      return execute(database.prepare(request.sql), request.params);
    case 'commit':
      journal ??= new SqliteJournalWriter(database);
      return journal.commit(request.group);
    case 'close':
      return database.close() && null;
  }
}

function execute(statement: Statement, params: readonly unknown[]) {
  if (statement.reader) return { rows: statement.all(params) };
  const { changes, lastInsertRowid } = statement.run(params);
  return { rows: [], changes, lastInsertRowid: Number(lastInsertRowid) };
}

function keep(sql: string): Statement {
  let statement = prepared.get(sql);
  if (!statement) {
    if (prepared.size >= keptStatements) prepared.clear();
    statement = database.prepare(sql);
    prepared.set(sql, statement);
  }
  return statement;
}

function open(): Database.Database {
  const opened = new Database(file, { timeout: busyMs });
  if (role === 'writer') makeWal(opened);
  opened.pragma('synchronous = FULL');
  opened.pragma('foreign_keys = ON');
  opened.pragma('temp_store = MEMORY');
  // Addresses sort as numbers; SQLite knows them as texts only (see `ipOrder`).
  opened.function('ip_key', { deterministic: true }, (ip) => ipKey(String(ip)));
  if (role === 'writer') {
    opened.pragma('wal_autocheckpoint = 4000');
    opened.pragma('journal_size_limit = 67108864');
    opened.pragma('cache_size = -32768');
  } else {
    opened.pragma('query_only = ON');
    opened.pragma('cache_size = -16384');
  }
  return opened;
}

/** Two processes that meet a new file both try; the one that is late is told so at once, whatever its timeout is. */
function makeWal(opened: Database.Database): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4));
  for (const giveUpAt = performance.now() + busyMs; ; Atomics.wait(sleeper, 0, 0, 20)) {
    try {
      opened.pragma('journal_mode = WAL');
      return;
    } catch (cause) {
      if ((cause as { code?: string }).code !== 'SQLITE_BUSY' || performance.now() > giveUpAt) throw cause;
    }
  }
}
