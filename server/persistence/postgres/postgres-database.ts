import { type EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { PostgresDialect } from 'kysely';
import { Pool, type PoolConfig, types } from 'pg';
import { StartRefused } from '../../errors.ts';
import { CompanionSubscriber } from '../before-commit.ts';
import type { BootCheck, Database } from '../database.ts';
import type { CommittedGroup, JournalGroup, SqlValue } from '../journal/journal-group.ts';
import { migrate, type TellProgress } from '../migrate.ts';
import { postgresMigrations } from '../migrations/postgres/index.ts';
import { migrationOptions, ormOptions } from '../orm-options.ts';
import { foldWord } from '../words.ts';
import { commitGroup } from './postgres-journal-writer.ts';

/** A query that reads more than this allows would hold up others for nothing: its caller has given up long ago. */
const longestScanMs = 60_000;
const int8 = 20;
/** Our bigints are instants, counts and row numbers, all below 2^53. */
const numbersAsNumbers = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? Number : types.getTypeParser(oid, format)) as typeof types.getTypeParser,
};

/** Connects to, and where needed migrates, a PostgreSQL database. */
export async function openPostgres(
  url: string,
  onPoolError: (cause: Error) => void,
  tell: TellProgress = () => {},
): Promise<Database> {
  const options: PoolConfig = { connectionString: url, types: numbersAsNumbers, application_name: 'tocsin' };
  const pool = new Pool({ ...options, max: 6 });
  const readers = new Pool({ ...options, max: 6, options: '-c default_transaction_read_only=on' });
  const scanners = new Pool({
    ...options,
    max: 2,
    statement_timeout: longestScanMs,
    options: '-c default_transaction_read_only=on',
  });
  for (const each of [pool, readers, scanners]) each.on('error', onPoolError);
  try {
    const { version, checks } = await checkPostgres(pool);
    const failed = checks.filter((check) => !check.ok);
    if (failed.length > 0) {
      throw new StartRefused(
        `PostgreSQL is not safe here: ${failed.map(({ name, found }) => `${name}, found ${found}`).join('; ')}`,
      );
    }
    const orm = await MikroORM.init({
      ...ormOptions,
      dbName: new URL(url).pathname.slice(1),
      ensureDatabase: false,
      driverOptions: new PostgresDialect({ pool }),
      subscribers: [new CompanionSubscriber('postgres')],
      migrations: { ...migrationOptions, migrationsList: postgresMigrations },
    });
    await migrateAlone(pool, () => migrate(orm.migrator, postgresMigrations, tell));
    return new PostgresDatabase(orm, pool, readers, scanners, version, checks);
  } catch (cause) {
    await Promise.allSettled([pool.end(), readers.end(), scanners.end()]);
    if (cause instanceof StartRefused) throw cause;
    throw new StartRefused(`The PostgreSQL database of DATABASE_URL cannot be used: ${(cause as Error).message}`);
  }
}

async function checkPostgres(pool: Pool): Promise<{ version: string; checks: BootCheck[] }> {
  const ask = async (name: string) => {
    const { rows } = await pool.query<Record<string, string>>(`show ${name}`);
    return Object.values(rows[0] ?? {})[0] ?? '';
  };
  const synchronous = await ask('synchronous_commit');
  const fsync = await ask('fsync');
  const encoding = await ask('server_encoding');
  return {
    version: await ask('server_version'),
    checks: [
      { name: 'synchronous_commit is on', found: synchronous, ok: synchronous !== 'off' },
      { name: 'fsync is on', found: fsync, ok: fsync === 'on' },
      { name: 'server_encoding is UTF8', found: encoding, ok: encoding === 'UTF8' },
    ],
  };
}

/** Nodes that start together migrate one after the other. */
async function migrateAlone(pool: Pool, migrate: () => Promise<unknown>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('tocsin migrations'))");
    await migrate();
  } finally {
    await client.query("select pg_advisory_unlock(hashtext('tocsin migrations'))").finally(() => client.release());
  }
}

class PostgresDatabase implements Database {
  readonly kind = 'postgres';
  readonly version: string;
  readonly checks: readonly BootCheck[];
  readonly #orm: MikroORM;
  readonly #pool: Pool;
  readonly #readers: Pool;
  readonly #scanners: Pool;
  readonly #numbered = new Map<string, string>();

  constructor(orm: MikroORM, pool: Pool, readers: Pool, scanners: Pool, version: string, checks: readonly BootCheck[]) {
    this.#orm = orm;
    this.#pool = pool;
    this.#readers = readers;
    this.#scanners = scanners;
    this.version = version;
    this.checks = checks;
  }

  em(): EntityManager {
    return this.#orm.em.fork();
  }

  async read<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]> {
    const { rows } = await this.#readers.query<Row>({ text: this.#number(sql), values: [...params] });
    return rows;
  }

  /** On connections of its own, each of which gives a query up after a minute. */
  async scan<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]> {
    const { rows } = await this.#scanners.query<Row>({ text: this.#number(sql), values: [...params] });
    return rows;
  }

  async commit(group: JournalGroup): Promise<CommittedGroup> {
    const client = await this.#pool.connect();
    try {
      return await commitGroup(client, group);
    } finally {
      client.release();
    }
  }

  textMatch(words: readonly string[], seq: string) {
    const query = words.map((word) => `'${foldWord(word)}':*`).join(' & ');
    return { sql: `${seq} in (select seq from event_text where terms @@ ?::tsquery)`, params: [query] };
  }

  async close(): Promise<void> {
    await this.#orm.close();
    await this.#readers.end();
    await this.#scanners.end();
    if (!this.#pool.ended) await this.#pool.end();
  }

  /** Our SQL never holds a literal `?`, so every one is a parameter. */
  #number(sql: string): string {
    let numbered = this.#numbered.get(sql);
    if (numbered === undefined) {
      let last = 0;
      numbered = sql.replaceAll('?', () => `$${++last}`);
      if (this.#numbered.size > 500) this.#numbered.clear();
      this.#numbered.set(sql, numbered);
    }
    return numbered;
  }
}
