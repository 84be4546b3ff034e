import type { AlertKind } from '../../../schema/alert/alert.enum.ts';
import { AlertStatus } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupFilter, AlertGroupOrder } from '../../../schema/alert-group/alert-group.input.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import type { Order, PageRequest } from '../../persistence/keyset.ts';
import { readPage } from '../../persistence/keyset-list.ts';
import { Where } from '../../persistence/where.ts';
import { firstLine } from '../alert/alert.node.ts';
import { alertGroupSchema } from './alert-group.entity.ts';

interface GroupRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly fingerprint: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly type: string;
  readonly title: string;
  readonly status: AlertStatus;
  readonly count: number;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly last_alert_id: number;
}

const groups = {
  columns: 'g.*',
  table: 'alert_group g',
  keyOf: ({ last_alert_id }: GroupRow) => [last_alert_id],
  nodeOf: toNode,
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
    { direction }: AlertGroupOrder,
    request: PageRequest,
  ): Promise<Page<AlertGroupType>> {
    const order: Order = {
      name: 'group',
      columns: ['g.last_alert_id'],
      direction: direction === 'ASC' ? 'asc' : 'desc',
    };
    const where = new Where('g.tenant_id', tenantId)
      .anyOf('g.severity', filter.severity)
      .anyOf('g.kind', filter.kind)
      .anyOf('g.status', filter.status)
      .anyOf('g.type', filter.type);
    return readPage(this.#database, { ...groups, order }, tenantId, where, request);
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<AlertGroupType[]> {
    if (ids.length === 0) return [];
    const where = new Where('g.tenant_id', tenantId).anyOf('g.id', ids);
    const rows = await this.#database.read<GroupRow>(`select g.* from alert_group g ${where.sql}`, where.params);
    return rows.map(toNode);
  }

  /** Only what is open is closed, so that whoever closed it before keeps the say. */
  async resolve(tenantId: string, fingerprint: string, at: number): Promise<void> {
    await this.#database
      .em()
      .nativeUpdate(
        alertGroupSchema,
        { tenantId, fingerprint, closedAt: null },
        { status: AlertStatus.RESOLVED, closedAt: at },
      );
  }
}

function toNode(row: GroupRow): AlertGroupType {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    fingerprint: row.fingerprint,
    kind: row.kind,
    severity: row.severity,
    type: row.type,
    title: firstLine(row.title),
    status: row.status,
    count: row.count,
    firstSeen: new Date(row.first_seen),
    lastSeen: new Date(row.last_seen),
  };
}
