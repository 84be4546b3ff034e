import type { EntityManager } from '@mikro-orm/sql';
import type { CommittedGroup, JournalGroup, SqlValue } from './journal/journal-group.ts';

/** A guarantee checked at start. */
export interface BootCheck {
  readonly name: string;
  readonly found: string;
  readonly ok: boolean;
}

/**
 * The store behind the repositories: MikroORM for what people edit, prepared statements with bound parameters for what is
 * long or hot. Both databases understand the SQL that repositories write; parameters are `?` in the order of use.
 */
export interface Database {
  readonly kind: 'sqlite' | 'postgres';
  readonly version: string;
  readonly checks: readonly BootCheck[];
  /** A fresh unit of work. */
  em(): EntityManager;
  /** Runs a query off the event loop, on a connection that cannot write. Numbers come back as numbers. */
  read<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
  /** The same for a query that may read a whole table: it is kept from standing before quick ones in a line. */
  scan<Row extends object>(sql: string, params: readonly SqlValue[]): Promise<Row[]>;
  /** Writes a whole group in one durable transaction; resolves once it is on disk. */
  commit(group: JournalGroup): Promise<CommittedGroup>;
  /** SQL that is true for rows of `event_text` that hold all the words, each perhaps only begun; joins on `seq`. */
  textMatch(words: readonly string[], seq: string): { sql: string; params: SqlValue[] };
  close(): Promise<void>;
}
