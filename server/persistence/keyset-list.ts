import type { Page } from '../../schema/paging/connection.type.ts';
import type { Database } from './database.ts';
import type { SqlValue } from './journal/journal-group.ts';
import {
  checkPageSize,
  countRows,
  type Lane,
  type Order,
  orderBy,
  type PageRequest,
  startAfter,
  toPage,
  writeCursor,
} from './keyset.ts';
import type { Where } from './where.ts';

/** A list as its table has it: what is read of a row, in which order, and how a row becomes a node. */
export interface KeysetList<Row, Node> {
  /** Columns, under the names that `Row` has. */
  readonly columns: string;
  /** The table with its alias, `device d`: conditions and the order use the alias. */
  readonly table: string;
  /** Joins that only add columns, never rows. */
  readonly join?: string;
  readonly order: Order;
  /** The values of the order's columns. */
  readonly keyOf: (row: Row) => readonly SqlValue[];
  readonly nodeOf: (row: Row) => Node;
  /** The name of the exact count of all of a tenant's rows. */
  readonly counter: string;
  /** By default `read`. */
  readonly lane?: Lane;
}

/**
 * A page of a tenant's rows that meet the conditions; it costs the same wherever it lies. Throws InvalidInput for a page size or
 * cursor that is none of this list's. The total is counted only when it is asked for.
 */
export async function readPage<Row extends object, Node>(
  database: Database,
  { columns, table, join = '', order, keyOf, nodeOf, counter, lane = 'read' }: KeysetList<Row, Node>,
  tenantId: string,
  where: Where,
  request: PageRequest,
): Promise<Page<Node>> {
  checkPageSize(request);
  const from = startAfter(where.copy(), order, request.after);
  const rows = await database[lane]<Row>(
    `select ${columns} from ${table} ${join} ${from.sql} ${orderBy(order)} limit ?`,
    [...from.params, request.first + 1],
  );
  return toPage(
    rows,
    request,
    (row) => writeCursor(order, keyOf(row)),
    nodeOf,
    () => countRows(database, tenantId, counter, table, where, lane),
  );
}
