import type { RowCount } from '../../../schema/about/storage.type.ts';
import { AlertKind, AlertOrderField } from '../../../schema/alert/alert.enum.ts';
import type { AlertFilter, AlertOrder } from '../../../schema/alert/alert.input.ts';
import type { AlertActivity } from '../../../schema/alert/alert-activity.type.ts';
import type { AlertStatus, Verdict } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { TimeRange } from '../../../schema/paging/time-range.input.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { joinEach } from '../../persistence/join-each.ts';
import { chunkOf, type FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import { alertCounters, type SqlValue } from '../../persistence/journal/journal-group.ts';
import {
  checkPageSize,
  countRows,
  type Order,
  orderBy,
  type PageRequest,
  readCounter,
  readCursor,
  startAfter,
  toPage,
  writeCursor,
} from '../../persistence/keyset.ts';
import { type KeysetList, readPage } from '../../persistence/keyset-list.ts';
import { textCondition } from '../../persistence/text-query.ts';
import { sameTenant, Where, withoutIndex } from '../../persistence/where.ts';
import { searchWords } from '../../persistence/words.ts';
import { compileSearch } from '../../search/compile.ts';
import type { Search } from '../../search/query.ts';
import { statusOf } from '../alert-group/alert-group.node.ts';
import {
  type AlertNode,
  type AlertRow,
  alertRowColumns,
  alertRowTables,
  eventOfAlert,
  toAlertNode,
} from './alert.node.ts';

/** One step of the feed: an alert, where it stands in the feed, and the state of its group. */
export interface AlertStep {
  readonly cursor: number;
  readonly alert: AlertNode;
  readonly status: AlertStatus;
  /** What a search is held against. */
  readonly row: AlertStepRow;
}

/** What a step is read from. */
export interface AlertStepRow extends AlertRow {
  readonly cursor: number;
  readonly status: AlertStatus;
  readonly verdict: Verdict | null;
  readonly assignee_id: string | null;
  readonly app: string | null;
  readonly source_key: string | null;
  readonly destination_key: string | null;
}

/** The latest received first: the order of `alerts`, whose cursors it shares. */
const arrival: Order = { name: 'alert', columns: ['a.id'], direction: 'desc' };

export class AlertRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page(
    tenantId: string,
    filter: AlertFilter,
    search: Search | null,
    order: AlertOrder,
    request: PageRequest,
  ): Promise<Page<AlertNode>> {
    checkPageSize(request);
    const sorted = toOrder(order);
    if (search !== null) return this.#found(tenantId, filter, search, sorted, request);
    const rows = await this.#rows(tenantId, filter, sorted, request);
    const cursorOf = (row: AlertRow) =>
      writeCursor(sorted, sorted.columns.length === 1 ? [row.id] : [row.occurred_at, row.id]);
    return toPage(rows, request, cursorOf, toAlertNode, () => {
      const where = this.#where(tenantId, filter).anyOf('a.severity', filter.severity);
      return countRows(this.#database, tenantId, 'alerts', 'alert a', where);
    });
  }

  /** What a search finds. By arrival SQLite's full text gives its rows in order, so that it is read only as far as the page. */
  #found(
    tenantId: string,
    filter: AlertFilter,
    search: Search,
    order: Order,
    request: PageRequest,
  ): Promise<Page<AlertNode>> {
    const { kind } = this.#database;
    const { condition, match, isSlow } = compileSearch(kind, tenantId, search);
    const where = this.#where(tenantId, filter)
      .anyOf('a.severity', filter.severity)
      .and(condition.sql, ...condition.params);
    const isLed = kind === 'sqlite' && match !== null && order.columns.length === 1;
    if (match !== null) where.and(isLed ? 't.event_text match ?' : textCondition(kind, 'a.id'), match);
    const list: KeysetList<AlertRow, AlertNode> = {
      columns: alertRowColumns,
      table: isLed
        ? `event_text t cross join alert a on a.id = t.rowid cross join ${eventOfAlert(kind)}`
        : alertRowTables(kind),
      order: isLed ? { ...order, columns: ['t.rowid'] } : order,
      keyOf: (row) => (order.columns.length === 1 ? [row.id] : [row.occurred_at, row.id]),
      nodeOf: toAlertNode,
      counter: 'alerts',
      lane: isSlow ? 'scan' : 'read',
    };
    return readPage(this.#database, list, tenantId, where, request);
  }

  async byIds(tenantId: string, ids: readonly number[]): Promise<AlertNode[]> {
    if (ids.length === 0) return [];
    const where = new Where('a.tenant_id', tenantId).anyOf('a.id', ids);
    const rows = await this.#database.read<AlertRow>(
      `select ${alertRowColumns} from ${alertRowTables(this.#database.kind)} ${where.sql}`,
      where.params,
    );
    return rows.map(toAlertNode);
  }

  /** A page of the alerts of each of these groups, the latest received first; the cursors are those of a list by arrival. */
  async pagesOfGroups(
    tenantId: string,
    groups: readonly Pick<AlertGroupType, 'id' | 'count'>[],
    request: PageRequest,
  ): Promise<Page<AlertNode>[]> {
    const after = request.after == null ? [] : readCursor(request.after, arrival);
    const ids = groups.map(({ id }) => id);
    const byGroup = await this.latestOfGroups(tenantId, ids, request.first + 1, after);
    const cursorOf = ({ id }: AlertRow) => writeCursor(arrival, [id]);
    return groups.map(({ id, count }) =>
      toPage(byGroup.get(id) ?? [], request, cursorOf, toAlertNode, async () => ({
        value: count,
        isLowerBound: false,
      })),
    );
  }

  /** By group, the latest received of its alerts first, so many at most; with `after`, those received before that alert. */
  async latestOfGroups(
    tenantId: string,
    groupIds: readonly string[],
    most: number,
    after: readonly SqlValue[] = [],
  ): Promise<Map<string, AlertRow[]>> {
    const { kind } = this.#database;
    // Along the index (group, severity, id), up to the worst that the group has: a group of a million alerts costs as much as one of ten.
    const ofSeverities = Object.values(Severity).map(
      (severity) =>
        `select id from (select m.id from alert m where m.group_id = g.id and m.severity = ${severity} and g.severity >= ${severity}
         ${after.map(() => 'and m.id < ?').join('')} order by m.id desc limit ${most}) as of_${severity}`,
    );
    const keys = `select id from (${ofSeverities.join(' union all ')}) as members order by id desc limit ${most}`;
    const where = new Where(withoutIndex(kind, 'g.tenant_id'), tenantId).anyOf('g.id', groupIds);
    const rows = await this.#database.read<AlertRow>(
      `select ${alertRowColumns}
       from alert_group g ${joinEach(this.#database, { table: 'alert', alias: 'a', key: 'id', keys })}
       join ${eventOfAlert(kind)} ${where.sql} and ${sameTenant(kind, 'a.tenant_id', 'g.tenant_id')} order by a.id desc`,
      [...ofSeverities.flatMap(() => after), ...where.params],
    );
    return Map.groupBy(rows, ({ group_id }) => group_id);
  }

  /** The steps of the feed after a cursor, of one tenant or of all; the caller keeps tenants apart. */
  async stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<AlertStep>> {
    const { kind } = this.#database;
    const rows = await this.#database.read<AlertStepRow>(
      `select f.cursor, ${statusOf('g')} as status, g.verdict, g.assignee_id, e.app, e.source_key, e.destination_key,
         ${alertRowColumns} from feed f
       join alert a on a.id = f.subject and ${sameTenant(kind, 'a.tenant_id', 'f.tenant_id')} join ${eventOfAlert(kind)}
       join alert_group g on g.id = a.group_id and ${sameTenant(kind, 'g.tenant_id', 'a.tenant_id')}
       where f.cursor > ? and f.topic = 'alertRaised' ${tenantId === null ? '' : 'and f.tenant_id = ?'}
       order by f.cursor limit ?`,
      tenantId === null ? [cursor, limit] : [cursor, tenantId, limit],
    );
    const steps = rows.map((row) => ({ cursor: row.cursor, alert: toAlertNode(row), status: row.status, row }));
    return chunkOf(steps, limit);
  }

  /** The last cursor given. */
  async lastCursor(): Promise<number> {
    const [row] = await this.#database.read<{ feed_cursor: number }>('select feed_cursor from journal_head', []);
    return row?.feed_cursor ?? 0;
  }

  /** Steps of a tenant after one cursor up to and including another. */
  async countSteps(tenantId: string, after: number, until: number): Promise<number> {
    const [row] = await this.#database.read<{ steps: number }>(
      "select count(*) as steps from feed where tenant_id = ? and topic = 'alertRaised' and cursor > ? and cursor <= ?",
      [tenantId, after, until],
    );
    return row?.steps ?? 0;
  }

  /**
   * Each severity of each kind, or by time each kind, is read along an index and the rows are merged, so that a rare one costs as
   * little as a common one.
   */
  #rows(tenantId: string, filter: AlertFilter, order: Order, request: PageRequest): Promise<AlertRow[]> {
    const limit = request.first + 1;
    const base = startAfter(this.#where(tenantId, filter), order, request.after);
    const severities = [...new Set(filter.severity ?? [])];
    const isByKind = severities.length > 0 || order.columns.includes('a.occurred_at');
    const kinds = filter.kind?.length ? [...new Set(filter.kind)] : Object.values(AlertKind);
    const ofKinds = isByKind ? kinds.map((one) => base.copy().and('a.kind = ?', one)) : [base];
    const branches =
      severities.length === 0
        ? ofKinds
        : ofKinds.flatMap((where) => severities.map((one) => where.copy().and('a.severity = ?', one)));
    const selects = branches.map((where) => `select a.id from alert a ${where.sql} ${orderBy(order)} limit ?`);
    const params = branches.flatMap((where): SqlValue[] => [...where.params, limit]);
    const ids = selects.map((select, index) => `select id from (${select}) as branch_${index}`).join(' union all ');
    return this.#database.read<AlertRow>(
      `select ${alertRowColumns} from (${ids}) as chosen join alert a on a.id = chosen.id join ${eventOfAlert(this.#database.kind)}
       ${orderBy(order)} limit ?`,
      [...params, limit],
    );
  }

  /** Alerts by when they happened, in stretches of `bucketMs` counted from the epoch; those without any are left out. */
  async activity(tenantId: string, span: TimeRange, bucketMs: number): Promise<AlertActivity[]> {
    // Along the index (tenant, kind, occurred_at): what lies outside the span costs nothing.
    const ofKinds = Object.values(AlertKind).map((kind) =>
      new Where('a.tenant_id', tenantId).and('a.kind = ?', kind).within('a.occurred_at', span),
    );
    const selects = ofKinds.map(
      (where) => `select a.occurred_at / ${bucketMs} as bucket, a.severity, count(*) as alerts from alert a ${where.sql}
       group by a.occurred_at / ${bucketMs}, a.severity`,
    );
    const rows = await this.#database.scan<{ bucket: number; severity: Severity; count: number }>(
      `select bucket, severity, cast(sum(alerts) as bigint) as count from (${selects.join(' union all ')}) as of_kinds
       group by bucket, severity order by bucket, severity desc`,
      ofKinds.flatMap(({ params }) => params),
    );
    return [...Map.groupBy(rows, ({ bucket }) => bucket)].map(([bucket, found]) => ({
      startsAt: new Date(bucket * bucketMs),
      counts: found.map(({ severity, count }) => ({ severity, count })),
    }));
  }

  async countNetwork(tenantId: string): Promise<RowCount> {
    return { count: await readCounter(this.#database, tenantId, alertCounters.NETWORK), isEstimate: false };
  }

  #where(tenantId: string, filter: AlertFilter): Where {
    const where = new Where('a.tenant_id', tenantId)
      .anyOf('a.kind', filter.kind)
      .anyOf('a.type', filter.type)
      .anyColumn(['a.agent', 'a.agent_name'], filter.agent)
      .anyColumn(['a.source_ip', 'a.destination_ip'], filter.address)
      .anyOf('a.source_ip', filter.sourceIp)
      .anyOf('a.destination_ip', filter.destinationIp)
      .within('a.occurred_at', filter.occurredAt);
    if (filter.status?.length) {
      const groups = new Where('g.tenant_id', tenantId).anyOf(statusOf('g'), filter.status);
      where.and(`a.group_id in (select g.id from alert_group g ${groups.sql})`, ...groups.params);
    }
    const words = searchWords(filter.text);
    if (words.length > 0) {
      const { sql, params } = this.#database.textMatch(words, 'a.id');
      where.and(sql, ...params);
    }
    return where;
  }
}

function toOrder({ field, direction }: AlertOrder): Order {
  const isByTime = field === AlertOrderField.OCCURRED_AT;
  return {
    name: isByTime ? 'alert-time' : 'alert',
    columns: isByTime ? ['a.occurred_at', 'a.id'] : ['a.id'],
    direction: direction === 'ASC' ? 'asc' : 'desc',
  };
}
