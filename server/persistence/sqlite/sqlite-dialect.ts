import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Turns } from '../turns.ts';
import type { SqliteThread } from './sqlite-thread.ts';

/** The Kysely dialect MikroORM speaks through: statements run in a SQLite thread, transactions take turns on it. */
export class SqliteThreadDialect implements Dialect {
  readonly #thread: SqliteThread;
  readonly #turns: Turns;

  constructor(thread: SqliteThread, turns: Turns) {
    this.#thread = thread;
    this.#turns = turns;
  }

  createDriver(): Driver {
    return new ThreadDriver(this.#thread, this.#turns);
  }

  createQueryCompiler() {
    return new SqliteQueryCompiler();
  }

  createAdapter() {
    return new SqliteAdapter();
  }

  // biome-ignore lint/suspicious/noExplicitAny: Kysely's own signature
  createIntrospector(database: Kysely<any>) {
    return new SqliteIntrospector(database);
  }
}

class ThreadConnection implements DatabaseConnection {
  readonly thread: SqliteThread;
  readonly release: () => void;

  constructor(thread: SqliteThread, release: () => void) {
    this.thread = thread;
    this.release = release;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes, lastInsertRowid } = await this.thread.request<{
      rows: Row[];
      changes?: number;
      lastInsertRowid?: number;
    }>({ kind: 'execute', sql, params: parameters });
    if (changes === undefined) return { rows };
    return { rows, numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid ?? 0) };
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for a generator; nothing here streams through MikroORM
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('Streams are read by keyset pages, not through MikroORM');
  }
}

class ThreadDriver implements Driver {
  readonly #thread: SqliteThread;
  readonly #turns: Turns;

  constructor(thread: SqliteThread, turns: Turns) {
    this.#thread = thread;
    this.#turns = turns;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<ThreadConnection> {
    return new ThreadConnection(this.#thread, await this.#turns.take());
  }

  async releaseConnection(connection: ThreadConnection): Promise<void> {
    connection.release();
  }

  async beginTransaction(connection: ThreadConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  async commitTransaction(connection: ThreadConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'));
  }

  async rollbackTransaction(connection: ThreadConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('rollback'));
  }

  async savepoint(connection: ThreadConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`savepoint ${name}`));
  }

  async rollbackToSavepoint(connection: ThreadConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`rollback to ${name}`));
  }

  async releaseSavepoint(connection: ThreadConnection, name: string): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`release ${name}`));
  }

  async destroy(): Promise<void> {}
}
