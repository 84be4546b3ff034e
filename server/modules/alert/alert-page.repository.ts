import type { AlertUnique } from '../../../schema/alert/alert-page.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { alertCounters, type SqlValue } from '../../persistence/journal/journal-group.ts';
import { readCounter } from '../../persistence/keyset.ts';
import type { SortKeys } from './alert-page.order.ts';
import { listQuery } from './alert-page.query.ts';
import { type AlertSelection, type AlertsAsked, selectAlerts, severitiesOf } from './alert-patterns.ts';

/** Which page of which alerts, in which order. */
export interface AlertPageAsked {
  readonly alerts: AlertsAsked;
  readonly field: string;
  readonly keys: SortKeys;
  readonly direction: 'asc' | 'desc';
  readonly page: number;
  readonly pageSize: number;
}

/** The numbers of the alerts of a page, in order. */
export interface AlertPageFound {
  readonly ids: readonly number[];
  readonly totalCount: number;
  readonly page: number;
}

/** A stretch of a list. */
interface Stretch {
  readonly direction: 'asc' | 'desc';
  readonly limit: number;
  readonly offset: number;
}

const allSeverities = Object.values(Severity);
/** What severities rows are alike in, lowest first, for the orders that the index by severity has. */
const blocksOf: Readonly<Record<string, readonly (readonly Severity[])[] | undefined>> = {
  ID: [allSeverities],
  LEVEL: [severitiesOf[10] ?? [], severitiesOf[20] ?? [], severitiesOf[30] ?? []],
};

/**
 * Alerts by the numbers of their pages. All alerts of a kind are counted by the counter and, by time, number or level, passed over
 * in an index alone; any other list is read in full once, for its page and its exact count together, apart from quick queries.
 */
export class AlertPageRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A page past the end is the last one; that of an empty list is the first. */
  async page(tenantId: string, asked: AlertPageAsked): Promise<AlertPageFound> {
    const selection = selectAlerts(this.#database.kind, tenantId, asked.alerts);
    const isWhole = selection.isWhole && uniqueOf(asked) === null;
    return isWhole ? this.#pageOfAll(tenantId, selection, asked) : this.#pageOfSome(selection, asked);
  }

  async #pageOfAll(tenantId: string, selection: AlertSelection, asked: AlertPageAsked): Promise<AlertPageFound> {
    const { pageSize, direction } = asked;
    const totalCount = await readCounter(this.#database, tenantId, alertCounters[selection.kind]);
    const page = lastOr(asked.page, totalCount, pageSize);
    const offset = (page - 1) * pageSize;
    if (offset * 2 <= totalCount) {
      return { ids: await this.#idsOfAll(selection, asked, { direction, limit: pageSize, offset }), totalCount, page };
    }
    // The second half is nearer to the other end.
    const limit = Math.min(pageSize, totalCount - offset);
    const back = {
      direction: direction === 'asc' ? 'desc' : 'asc',
      limit,
      offset: totalCount - offset - limit,
    } as const;
    return { ids: (await this.#idsOfAll(selection, asked, back)).toReversed(), totalCount, page };
  }

  async #idsOfAll(selection: AlertSelection, asked: AlertPageAsked, stretch: Stretch): Promise<number[]> {
    const { direction, limit, offset } = stretch;
    const blocks = blocksOf[asked.field];
    if (blocks) return this.#alongSeverities(selection, blocks, stretch);
    if (asked.field === 'OCCURRED_AT') {
      const { sql, params } = selection.where;
      const order = `order by a.occurred_at ${direction}, a.id ${direction} limit ? offset ?`;
      return ids(await this.#database.read(`select a.id from alert a ${sql} ${order}`, [...params, limit, offset]));
    }
    const { rows, params, inOrder } = listQuery(this.#database.kind, selection, asked.keys, null, false);
    return ids(await this.#database.scan(`${rows} ${inOrder(direction)} limit ? offset ?`, [...params, limit, offset]));
  }

  /** Blocks of severities one after the other, each by number: every severity is a run of the index, and runs are merged. */
  async #alongSeverities(
    { where }: AlertSelection,
    blocks: readonly (readonly Severity[])[],
    { direction, limit, offset }: Stretch,
  ): Promise<number[]> {
    const found: number[] = [];
    let skip = offset;
    for (const block of direction === 'asc' ? blocks : blocks.toReversed()) {
      if (found.length === limit) break;
      const runs = block.map((severity) => where.copy().and('a.severity = ?', severity));
      const params = runs.flatMap((run): readonly SqlValue[] => run.params);
      const rows = await this.#database.read<{ id: number }>(
        `${runs.map((run) => `select a.id as id from alert a ${run.sql}`).join(' union all ')} order by id ${direction} limit ? offset ?`,
        [...params, limit - found.length, skip],
      );
      found.push(...ids(rows));
      if (rows.length > 0) skip = 0;
      else if (skip > 0) skip -= await this.#count(where.copy().anyOf('a.severity', block));
    }
    return found;
  }

  async #count({ sql, params }: AlertSelection['where']): Promise<number> {
    const [row] = await this.#database.read<{ rows: number }>(`select count(*) as rows from alert a ${sql}`, params);
    return row?.rows ?? 0;
  }

  async #pageOfSome(selection: AlertSelection, asked: AlertPageAsked): Promise<AlertPageFound> {
    const found = await this.#readSome(selection, asked, asked.page);
    const page = lastOr(asked.page, found.totalCount, asked.pageSize);
    return page === asked.page ? { ...found, page } : { ...(await this.#readSome(selection, asked, page)), page };
  }

  async #readSome(
    selection: AlertSelection,
    asked: AlertPageAsked,
    page: number,
  ): Promise<Omit<AlertPageFound, 'page'>> {
    const { rows, params, inOrder } = listQuery(this.#database.kind, selection, asked.keys, uniqueOf(asked), true);
    const found = await this.#database.scan<{ id: number | null; total: number }>(
      `${rows} select null as id, count(*) as total from hit
       union all select id, 0 as total from (${inOrder(asked.direction)} limit ? offset ?) as chosen`,
      [...params, asked.pageSize, (page - 1) * asked.pageSize],
    );
    const totalCount = found.find(({ id }) => id === null)?.total ?? 0;
    return { ids: found.flatMap(({ id }) => id ?? []), totalCount };
  }
}

function uniqueOf({ alerts }: AlertPageAsked): AlertUnique | null {
  return alerts.kind === 'NETWORK' ? (alerts.patterns.unique ?? null) : null;
}

function lastOr(page: number, totalCount: number, pageSize: number): number {
  return Math.min(page, Math.max(1, Math.ceil(totalCount / pageSize)));
}

function ids(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
