import type { AlertGroupFilter, AlertGroupOrder } from '../../../schema/alert-group/alert-group.input.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Database } from '../../persistence/database.ts';
import type { Order, PageRequest } from '../../persistence/keyset.ts';
import { readPage } from '../../persistence/keyset-list.ts';
import { Where } from '../../persistence/where.ts';
import { compileSearch } from '../../search/compile.ts';
import type { Search } from '../../search/query.ts';
import { isUuid } from '../../uuid-v7.ts';
import { type GroupRow, statusOf, toGroup } from './alert-group.node.ts';

/** The id of nothing. */
const noUuid = '00000000-0000-0000-0000-000000000000';

const groups = {
  columns: 'g.*',
  table: 'alert_group g',
  keyOf: ({ last_alert_id }: GroupRow) => [last_alert_id],
  nodeOf: toGroup,
  counter: 'alertGroups',
};

export class AlertGroupRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page(
    tenantId: string,
    filter: AlertGroupFilter,
    search: Search | null,
    { direction }: AlertGroupOrder,
    request: PageRequest,
  ): Promise<Page<AlertGroupType>> {
    const where = groupsWhere(tenantId, filter);
    const isSlow = search !== null && addSearch(this.#database, where, tenantId, search);
    const order: Order = {
      name: 'group',
      columns: ['g.last_alert_id'],
      direction: direction === 'ASC' ? 'asc' : 'desc',
    };
    const list = { ...groups, order, lane: isSlow ? ('scan' as const) : ('read' as const) };
    return readPage(this.#database, list, tenantId, where, request);
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<AlertGroupType[]> {
    if (ids.length === 0) return [];
    const where = new Where('g.tenant_id', tenantId).anyOf('g.id', ids);
    const rows = await this.#database.read<GroupRow>(`select g.* from alert_group g ${where.sql}`, where.params);
    return rows.map(toGroup);
  }
}

/** The conditions of a filter on groups called `g`. */
export function groupsWhere(tenantId: string, filter: AlertGroupFilter, tenantColumn = 'g.tenant_id'): Where {
  return new Where(tenantColumn, tenantId)
    .anyOf('g.id', filter.ids?.map(uuidOrNone))
    .anyOf('g.severity', filter.severity)
    .anyOf('g.kind', filter.kind)
    .anyOf(statusOf('g'), filter.status)
    .anyOf('g.type', filter.type)
    .anyOf('g.verdict', filter.verdict)
    .anyOf('g.assignee_id', filter.assigneeId?.map(uuidOrNone));
}

/** Adds what a search asks for to conditions on groups called `g`; answers whether they take long to look for. */
export function addSearch({ kind }: Database, where: Where, tenantId: string, search: Search): boolean {
  const { condition, isSlow } = compileSearch(kind, tenantId, search);
  where.and(condition.sql, ...condition.params);
  return isSlow;
}

/** PostgreSQL takes nothing else for a UUID. */
function uuidOrNone(text: string): string {
  return isUuid(text) ? text : noUuid;
}
