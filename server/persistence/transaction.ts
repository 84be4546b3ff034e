import type { EntityManager } from '@mikro-orm/sql';
import { CompiledQuery, type Kysely } from 'kysely';
import type { Database } from './database.ts';
import type { SqlValue } from './journal/journal-group.ts';

/** What can be written within a transaction that others began. */
export interface Statements {
  readonly kind: Database['kind'];
  /** Runs one statement with bound parameters, `?` in the order of use; answers the rows that it returns. */
  execute<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
  /** Raises, or with a negative number lowers, an exact count that a list of a tenant shows. */
  count(tenantId: string, counter: string, by: number): Promise<void>;
}

/** A transaction that has the journal's turn, as those who write in it together pass it on. */
export interface Transaction extends Statements {
  /** A unit of work inside of it. */
  readonly em: EntityManager;
}

const listeners = new WeakMap<Database, Set<() => void>>();

/** Calls back after every transaction of this process that has had the journal's turn; returns how to stop that. */
export function onJournalTurn(database: Database, listener: () => void): () => void {
  const all = listeners.get(database) ?? new Set();
  listeners.set(database, all.add(listener));
  return () => all.delete(listener);
}

/**
 * Runs `work` in one transaction, which begins as the journal's do: by waiting for the journal's turn. Whoever writes what the
 * journal writes too can so neither deadlock with it nor be overtaken by it.
 */
export async function inJournalTurn<Result>(
  database: Database,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const result = await database.em().transactional(async (em) => {
    const statements = statementsOn(em.getKysely(), database.kind);
    // On SQLite the transaction has the only writer already.
    if (database.kind === 'postgres') await statements.execute('select id from journal_head for update', []);
    return work({ em, ...statements });
  });
  for (const listener of listeners.get(database) ?? []) listener();
  return result;
}

/** Runs `work` in one transaction that takes no turn of the journal's: it must write nothing that the journal writes. */
export function inTransaction<Result>(
  database: Database,
  work: (statements: Statements) => Promise<Result>,
): Promise<Result> {
  return database.em().transactional((em) => work(statementsOn(em.getKysely(), database.kind)));
}

/**
 * Runs `change` in one transaction and answers the number of rows that it says it changed; where that is none, the transaction is
 * taken back, and nobody who waits for a commit hears of it.
 */
export async function changeRows(database: Database, change: (em: EntityManager) => Promise<number>): Promise<number> {
  const em = database.em();
  await em.begin();
  try {
    const changed = await change(em);
    if (changed > 0) await em.commit();
    else await em.rollback();
    return changed;
  } catch (cause) {
    await em.rollback();
    throw cause;
  }
}

/** Statements on the connection of a transaction that has begun. */
export function statementsOn(connection: Kysely<unknown>, kind: Database['kind']): Statements {
  const execute = async <Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]> => {
    let last = 0;
    const text = kind === 'postgres' ? sql.replaceAll('?', () => `$${++last}`) : sql;
    const { rows } = await connection.executeQuery<Row>(CompiledQuery.raw(text, [...params]));
    return rows;
  };
  const count = async (tenantId: string, counter: string, by: number) => {
    if (by === 0) return;
    await execute(
      `insert into counter (tenant_id, name, value) values (?, ?, ?)
       on conflict (tenant_id, name) do update set value = counter.value + excluded.value`,
      [tenantId, counter, by],
    );
  };
  return { kind, execute, count };
}
