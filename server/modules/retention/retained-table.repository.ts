import type { Database } from '../../persistence/database.ts';
import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import { readCounter } from '../../persistence/keyset.ts';
import { type WeighedTable, weighRows } from '../../persistence/row-weight.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';
import type { RemovedRows } from '../data-set/data-set.node.ts';
import type { Bound, FoundKeys, Held, RetainedSource, Span } from './retention.node.ts';

/** A data set in a table, whose rows have an order along an index; its SQL calls a row `r`. */
export interface RetainedTable extends WeighedTable {
  /** When a row was. */
  readonly time: string;
  /** Its exact count; null: it is counted along the index. */
  readonly counter: string | null;
  /** What must hold for a row to be deleted at all. */
  readonly free?: string;
  /** Adds what makes a row old enough. */
  readonly within: (where: Where, bound: Bound) => void;
}

type Remove = (transaction: Transaction, tenantId: string, keys: readonly never[]) => Promise<RemovedRows>;

/** What can be kept for a limited time of one table. Rows are looked for where they hold up no quick query. */
export class RetainedTableRepository implements RetainedSource {
  readonly #database: Database;
  readonly #table: RetainedTable;
  readonly #remove: Remove;

  constructor(database: Database, table: RetainedTable, remove: Remove) {
    this.#database = database;
    this.#table = table;
    this.#remove = remove;
  }

  async held(tenantId: string): Promise<Held> {
    const [rows, weight, firstAt, lastAt] = await Promise.all([
      this.#countAll(tenantId),
      weighRows(this.#database, tenantId, this.#table),
      this.#timeAtEnd(tenantId, 'asc'),
      this.#timeAtEnd(tenantId, 'desc'),
    ]);
    return { rows, sizeBytes: Math.round(rows * weight), firstAt, lastAt };
  }

  async count(tenantId: string, bound: Bound): Promise<Span> {
    const { table, time } = this.#table;
    const { sql, params } = this.#free(tenantId, bound);
    const [found] = await this.#database.scan<{ count: number; first_at: number | null; last_at: number | null }>(
      `select count(*) as count, min(${time}) as first_at, max(${time}) as last_at from ${table} r ${sql}`,
      params,
    );
    return { rows: found?.count ?? 0, firstAt: found?.first_at ?? null, lastAt: found?.last_at ?? null };
  }

  async timeOf(tenantId: string, bound: Bound, nth: number): Promise<number | null> {
    const { table, time } = this.#table;
    const { sql, params } = this.#free(tenantId, bound);
    const [row] = await this.#database.scan<{ at: number }>(
      `select ${time} as at from ${table} r ${sql} order by ${this.#order('asc')} limit 1 offset ?`,
      [...params, nth - 1],
    );
    return row?.at ?? null;
  }

  async find(tenantId: string, bound: Bound, after: readonly SqlValue[] | null, first: number): Promise<FoundKeys> {
    const { table, order } = this.#table;
    const where = this.#free(tenantId, bound);
    const columns = order.map((column) => `r.${column}`).join(', ');
    if (after) where.and(`(${columns}) > (${order.map(() => '?').join(', ')})`, ...after);
    const rows = await this.#database.scan<Record<string, SqlValue>>(
      `select ${columns} from ${table} r ${where.sql} order by ${this.#order('asc')} limit ?`,
      [...where.params, first],
    );
    const places = rows.map((row) => order.map((column) => row[column] ?? null));
    return {
      keys: places.map((place) => place.at(-1) ?? null),
      next: places.length < first ? null : (places.at(-1) ?? null),
    };
  }

  remove(transaction: Transaction, tenantId: string, keys: readonly SqlValue[]): Promise<RemovedRows> {
    return this.#remove(transaction, tenantId, keys as readonly never[]);
  }

  #own(tenantId: string): Where {
    const where = new Where('r.tenant_id', tenantId);
    return this.#table.condition ? where.and(this.#table.condition) : where;
  }

  #free(tenantId: string, bound: Bound): Where {
    const where = this.#own(tenantId);
    this.#table.within(where, bound);
    return this.#table.free ? where.and(this.#table.free) : where;
  }

  async #countAll(tenantId: string): Promise<number> {
    const { counter, table } = this.#table;
    if (counter !== null) return readCounter(this.#database, tenantId, counter);
    const { sql, params } = this.#own(tenantId);
    const [row] = await this.#database.scan<{ count: number }>(
      `select count(*) as count from ${table} r ${sql}`,
      params,
    );
    return row?.count ?? 0;
  }

  async #timeAtEnd(tenantId: string, direction: 'asc' | 'desc'): Promise<number | null> {
    const { table, time } = this.#table;
    const { sql, params } = this.#own(tenantId);
    const [row] = await this.#database.read<{ at: number }>(
      `select ${time} as at from ${table} r ${sql} order by ${this.#order(direction)} limit 1`,
      params,
    );
    return row?.at ?? null;
  }

  #order(direction: 'asc' | 'desc'): string {
    return this.#table.order.map((column) => `r.${column} ${direction}`).join(', ');
  }
}
