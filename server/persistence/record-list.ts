import type { Page } from '../../schema/paging/connection.type.ts';
import type { Database } from './database.ts';
import { placesAnEvent } from './journal/journal-group.ts';
import type { Order, PageRequest } from './keyset.ts';
import { readPage } from './keyset-list.ts';
import type { Where } from './where.ts';

/** What a row of every table of records has, with the id of the event it came with. */
export interface RecordRow {
  readonly id: number;
  readonly occurred_at: number;
  readonly agent: string | null;
  /** Null once the event is gone. */
  readonly event_id: string | null;
}

/** A list of such a table, the latest happened first. */
export interface RecordList {
  readonly table: string;
  /** Its exact count. */
  readonly counter: string;
  /** Marks its cursors. */
  readonly cursor: string;
}

/** The event that a record came with, to be joined as `e`. */
export const joinEvent = `left join event e on e.seq = r.id / ${placesAnEvent}`;

/** Columns in the order of the tables' one index. */
export function latestFirst(cursor: string, prefix = 'r.'): Order {
  return { name: cursor, columns: [`${prefix}occurred_at`, `${prefix}id`], direction: 'desc' };
}

/** A page of records; the conditions call their table `r`. */
export function pageRecords<Row extends RecordRow, Node>(
  database: Database,
  { table, counter, cursor }: RecordList,
  tenantId: string,
  where: Where,
  request: PageRequest,
  nodeOf: (row: Row) => Node,
): Promise<Page<Node>> {
  const list = {
    columns: 'r.*, e.id as event_id',
    table: `${table} r`,
    join: joinEvent,
    order: latestFirst(cursor),
    keyOf: (row: Row) => [row.occurred_at, row.id],
    nodeOf,
    counter,
  };
  return readPage(database, list, tenantId, where, request);
}
