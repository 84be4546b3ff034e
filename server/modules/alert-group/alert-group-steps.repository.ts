import type { Database } from '../../persistence/database.ts';
import type { FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import { type AlertGroupStep, type GroupRow, toGroup } from './alert-group.node.ts';

/** Rows of the feed that one look makes steps of: all those about one group make one. As many as a live client may be behind by. */
const rowsAtOnce = 1000;
/** The steps of a tenant in the topics that tell of groups, as `f`. */
const topics = "f.topic in ('alertRaised', 'alertGroupChanged')";
/** Such a step says that a number of groups have changed at once. */
const isMany = "(f.topic = 'alertGroupChanged' and f.subject_id is null)";
/** The group that a step is about, where `a` is the alert it tells of; null for that of many, and where the alert is gone. */
const groupId = 'coalesce(f.subject_id, a.group_id)';
const withAlert = "left join alert a on f.topic = 'alertRaised' and a.id = f.subject and a.tenant_id = f.tenant_id";

/**
 * Reads from the feed which groups have changed. New groups and new alerts of a group need no step of their own: they are told of
 * by that of the alert.
 */
export class AlertGroupStepsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The groups that have changed after a cursor, each once, where it last did, and as it is now. */
  async stepsAfter(cursor: number, _limit: number, tenantId: string | null): Promise<FeedChunk<AlertGroupStep>> {
    const rows = await this.#database.read<StepRow>(
      `select w.cursor, w.tenant_id as step_tenant, w.group_id, w.is_many, w.many, w.steps, g.* from (
         select max(f.cursor) as cursor, f.tenant_id, ${groupId} as group_id, ${isMany} as is_many,
           cast(sum(case when ${isMany} then f.subject else 0 end) as bigint) as many, count(*) as steps
         from (select f.cursor, f.tenant_id, f.topic, f.subject, f.subject_id from feed f
           where f.cursor > ? and ${topics} ${tenantId === null ? '' : 'and f.tenant_id = ?'}
           order by f.cursor limit ?) f ${withAlert}
         group by f.tenant_id, ${groupId}, ${isMany}) w
       left join alert_group g on g.id = w.group_id and g.tenant_id = w.tenant_id order by w.cursor`,
      tenantId === null ? [cursor, rowsAtOnce] : [cursor, tenantId, rowsAtOnce],
    );
    const read = rows.reduce((sum, { steps }) => sum + steps, 0);
    return { steps: rows.flatMap(toSteps), until: read < rowsAtOnce ? undefined : rows.at(-1)?.cursor };
  }

  /** Groups of a tenant that have changed after one cursor up to and including another. */
  async countSteps(tenantId: string, after: number, until: number): Promise<number> {
    const [row] = await this.#database.read<{ steps: number }>(
      `select count(distinct ${groupId}) + count(distinct case when ${isMany} then f.cursor end) as steps
       from feed f ${withAlert} where f.tenant_id = ? and ${topics} and f.cursor > ? and f.cursor <= ?`,
      [tenantId, after, until],
    );
    return row?.steps ?? 0;
  }
}

interface StepRow extends Omit<GroupRow, 'id'> {
  readonly cursor: number;
  readonly step_tenant: string;
  readonly group_id: string | null;
  readonly is_many: boolean | number;
  readonly many: number;
  readonly steps: number;
  /** Null when the group is gone. */
  readonly id: string | null;
}

function toSteps(row: StepRow): AlertGroupStep[] {
  const { cursor, step_tenant: tenantId, group_id, id, many } = row;
  const nothing = { cursor, tenantId, group: null, removedId: null, manyChanged: null };
  if (row.is_many) return [{ ...nothing, manyChanged: many }];
  // The deletion of the alert has told of the group.
  if (group_id === null) return [];
  return [id === null ? { ...nothing, removedId: group_id } : { ...nothing, group: toGroup({ ...row, id }) }];
}
