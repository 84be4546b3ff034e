import type { Count, Edge, Page } from '../../schema/paging/connection.type.ts';
import { maxPageSize } from '../../schema/paging/page-size.ts';
import { InvalidInput } from '../errors.ts';
import type { Database } from './database.ts';
import type { SqlValue } from './journal/journal-group.ts';
import type { Where } from './where.ts';

/** The page a caller wants. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** Who answers: those for quick queries, or those for queries that may read a whole table. */
export type Lane = 'read' | 'scan';

/** Columns a list is ordered by, the last of them unique; all run in one direction. */
export interface Order {
  /** Marks the cursors of this list: those of another are refused. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly direction: 'asc' | 'desc';
  /** Those of the columns that hold UUIDs; the others hold numbers. */
  readonly uuids?: readonly string[];
}

const uuidPart = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const numberPart = /^-?\d{1,16}$/;

/** Refuses a page size outside 1 to 200. */
export function checkPageSize({ first }: PageRequest): void {
  if (first < 1 || first > maxPageSize) throw new InvalidInput('first', `must be from 1 to ${maxPageSize}`);
}

/** Adds "after that row" to the conditions: rows before it are never read, so every page costs the same. */
export function startAfter(where: Where, order: Order, after: string | null | undefined): Where {
  if (after === null || after === undefined) return where;
  const values = readCursor(after, order);
  const compare = order.direction === 'asc' ? '>' : '<';
  const columns = order.columns.join(', ');
  return where.and(`(${columns}) ${compare} (${values.map(() => '?').join(', ')})`, ...values);
}

export function orderBy({ columns, direction }: Order): string {
  return `order by ${columns.map((column) => `${column} ${direction}`).join(', ')}`;
}

export function writeCursor({ name }: Order, values: readonly SqlValue[]): string {
  return [name, ...values].join('_');
}

/** The values of the order's columns in a cursor; throws InvalidInput for one that is none of this list's. */
export function readCursor(cursor: string, { name, columns, uuids = [] }: Order): SqlValue[] {
  const [list, ...parts] = cursor.split('_');
  const isUuid = columns.map((column) => uuids.includes(column));
  const fits = parts.every((part, index) => (isUuid[index] ? uuidPart : numberPart).test(part));
  if (list !== name || parts.length !== columns.length || !fits) {
    throw new InvalidInput('after', 'is not a cursor of this list');
  }
  return parts.map((part, index) => (isUuid[index] ? part : Number(part)));
}

/** Makes a page of one row more than was asked for: that row tells whether another page follows. */
export function toPage<Row, Node>(
  rows: readonly Row[],
  { first }: PageRequest,
  cursorOf: (row: Row) => string,
  nodeOf: (row: Row) => Node,
  count: () => Promise<Count>,
): Page<Node> {
  const edges = rows.slice(0, first).map((row) => new RowEdge(row, nodeOf(row), cursorOf));
  // The number, and whether it is a lower bound, are two fields of one count.
  let counted: Promise<Count> | undefined;
  return {
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
    count: () => {
      counted ??= count();
      return counted;
    },
  };
}

/** A row of a page. Its cursor is written for those who ask for it: most read the nodes alone. */
class RowEdge<Row, Node> implements Edge<Node> {
  readonly node: Node;
  readonly #row: Row;
  readonly #cursorOf: (row: Row) => string;

  constructor(row: Row, node: Node, cursorOf: (row: Row) => string) {
    this.node = node;
    this.#row = row;
    this.#cursorOf = cursorOf;
  }

  get cursor(): string {
    return this.#cursorOf(this.#row);
  }
}

/** Counting stops here: nobody reads on to see whether it is ten or twenty thousand. */
const countCap = 10_000;

/** Rows of a tenant's list: from the counter kept in every commit, or, with a filter, counted up to a cap. */
export async function countRows(
  database: Database,
  tenantId: string,
  counter: string,
  from: string,
  where: Where,
  lane: Lane = 'read',
): Promise<Count> {
  if (where.isWholeTenant) return { value: await readCounter(database, tenantId, counter), isLowerBound: false };
  const [row] = await database[lane]<{ value: number }>(
    `select count(*) as value from (select 1 from ${from} ${where.sql} limit ${countCap + 1}) as matching`,
    where.params,
  );
  const value = row?.value ?? 0;
  return { value: Math.min(value, countCap), isLowerBound: value > countCap };
}

/** The exact number of rows of a list of a tenant. */
export async function readCounter(database: Database, tenantId: string, name: string): Promise<number> {
  const [row] = await database.read<{ value: number }>('select value from counter where tenant_id = ? and name = ?', [
    tenantId,
    name,
  ]);
  return row?.value ?? 0;
}
