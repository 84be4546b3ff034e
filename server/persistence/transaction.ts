import type { EntityManager } from '@mikro-orm/sql';
import { CompiledQuery } from 'kysely';
import type { Database } from './database.ts';
import type { SqlValue } from './journal/journal-group.ts';

/** A transaction that has the journal's turn, as those who write in it together pass it on. */
export interface Transaction {
  /** A unit of work inside of it. */
  readonly em: EntityManager;
  /** Runs one statement with bound parameters, `?` in the order of use; answers the rows that it returns. */
  execute<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
  /** Raises, or with a negative number lowers, an exact count that a list of a tenant shows. */
  count(tenantId: string, counter: string, by: number): Promise<void>;
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
    const isNumbered = database.kind === 'postgres';
    const execute = async <Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]> => {
      let last = 0;
      const text = isNumbered ? sql.replaceAll('?', () => `$${++last}`) : sql;
      const { rows } = await em.getKysely().executeQuery<Row>(CompiledQuery.raw(text, [...params]));
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
    // On SQLite the transaction has the only writer already.
    if (isNumbered) await execute('select id from journal_head for update', []);
    return work({ em, execute, count });
  });
  for (const listener of listeners.get(database) ?? []) listener();
  return result;
}
