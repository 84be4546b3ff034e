import type { DeliveryReason, DeliveryStatus, NotificationOutcome } from '../../../schema/delivery/delivery.enum.ts';
import type { DeadLetterFilter, DeliveryFilter } from '../../../schema/delivery/delivery.input.ts';
import type { AttemptType, DeliveryType } from '../../../schema/delivery/delivery.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { joinEach, joinNext } from '../../persistence/join-each.ts';
import { appendToFeed } from '../../persistence/journal/append-feed.ts';
import { chunkOf, type FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import type { Order, PageRequest } from '../../persistence/keyset.ts';
import { readPage } from '../../persistence/keyset-list.ts';
import { changeRows } from '../../persistence/transaction.ts';
import { sameTenant, Where, withoutIndex } from '../../persistence/where.ts';

interface DeliveryRow {
  readonly id: string;
  readonly number: number;
  readonly tenant_id: string;
  readonly sink_id: string;
  readonly group_id: string;
  readonly reason: DeliveryReason;
  readonly status: DeliveryStatus;
  readonly alert_id: number;
  readonly alert_count: number;
  readonly severity: Severity;
  readonly created_at: number;
  readonly due_at: number | null;
  readonly claim: string | null;
}

/** What a `DeliveryRow` is read from. */
const rowColumns =
  'd.id, d.number, d.tenant_id, d.sink_id, d.group_id, d.reason, d.status, d.alert_id, d.alert_count, d.severity, d.created_at, d.due_at, d.claim';

interface AttemptRow {
  readonly delivery_id: string;
  readonly at: number;
  readonly status: number | null;
  readonly duration_ms: number;
  readonly error: string | null;
}

interface EpisodeRow {
  readonly alert_id: number;
  readonly sink_id: string;
  readonly outcome: NotificationOutcome;
  readonly delivery_id: string | null;
  readonly silence_id: string | null;
}

/** One step of the feed: a delivery as it is when the step is read. */
export interface DeliveryStep {
  readonly cursor: number;
  readonly delivery: DeliveryType;
}

/** What became of an alert for a sink. */
export interface StoredFate {
  readonly alertId: number;
  readonly sinkId: string;
  readonly outcome: NotificationOutcome;
  readonly deliveryId: string | null;
  readonly silenceId: string | null;
}

const latestFirst: Order = { name: 'delivery', columns: ['d.number'], direction: 'desc' };
const list = {
  columns: rowColumns,
  table: 'delivery d',
  order: latestFirst,
  keyOf: ({ number }: DeliveryRow) => [number],
  nodeOf: toNode,
  counter: 'deliveries',
};
/** Dead letters queued again in one transaction. */
const replayedAtOnce = 500;

export class DeliveryRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  page(tenantId: string, filter: DeliveryFilter, request: PageRequest): Promise<Page<DeliveryType>> {
    const where = chosen(new Where('d.tenant_id', tenantId), filter).anyOf('d.status', filter.status);
    return readPage(this.#database, list, tenantId, where, request);
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<DeliveryType[]> {
    if (ids.length === 0) return [];
    const where = new Where('d.tenant_id', tenantId).anyOf('d.id', ids);
    const rows = await this.#database.read<DeliveryRow>(
      `select ${rowColumns} from delivery d ${where.sql}`,
      where.params,
    );
    return rows.map(toNode);
  }

  /** By group, the latest made deliveries first, at most so many of each. */
  async latestOfGroups(
    tenantId: string,
    groupIds: readonly string[],
    most: number,
  ): Promise<Map<string, DeliveryType[]>> {
    const where = new Where(withoutIndex(this.#database.kind, 'g.tenant_id'), tenantId).anyOf('g.id', groupIds);
    const keys = `select n.id from delivery n where n.group_id = g.id order by n.number desc limit ${most}`;
    const rows = await this.#database.read<DeliveryRow>(
      `select ${rowColumns} from alert_group g ${joinEach(this.#database, { table: 'delivery', alias: 'd', key: 'id', keys })}
       ${where.sql} and ${sameTenant(this.#database.kind, 'd.tenant_id', 'g.tenant_id')} order by d.number desc`,
      where.params,
    );
    const byGroup = Map.groupBy(rows, ({ group_id }) => group_id);
    return new Map([...byGroup].map(([id, found]) => [id, found.map(toNode)]));
  }

  /** By delivery, the first attempt first. */
  async attempts(tenantId: string, ids: readonly string[]): Promise<Map<string, AttemptType[]>> {
    const where = new Where('tenant_id', tenantId).anyOf('delivery_id', ids);
    const rows = await this.#database.read<AttemptRow>(
      `select delivery_id, at, status, duration_ms, error from delivery_attempt ${where.sql} order by delivery_id, number`,
      where.params,
    );
    const byDelivery = Map.groupBy(rows, ({ delivery_id }) => delivery_id);
    return new Map([...byDelivery].map(([id, found]) => [id, found.map(toAttempt)]));
  }

  /** What became of alerts, for each sink that they were routed to. */
  async fates(tenantId: string, alertIds: readonly number[]): Promise<StoredFate[]> {
    const where = new Where('a.tenant_id', tenantId).anyOf('a.id', alertIds);
    const rows = await this.#database.read<EpisodeRow>(
      `select a.id as alert_id, e.sink_id, e.outcome, e.delivery_id, e.silence_id from alert a
       ${joinNext(this.#database)} notification_episode e
         on e.group_id = a.group_id and e.tenant_id = a.tenant_id and e.from_alert <= a.id and e.to_alert >= a.id ${where.sql}`,
      where.params,
    );
    return rows.map((row) => ({
      alertId: row.alert_id,
      sinkId: row.sink_id,
      outcome: row.outcome,
      deliveryId: row.delivery_id,
      silenceId: row.silence_id,
    }));
  }

  /** Queues a dead letter again, under its id and with a schedule of its own; false where the tenant has no such dead letter. */
  async replay(tenantId: string, id: string, now: number): Promise<boolean> {
    return (await this.#queueAgain(new Where('d.tenant_id', tenantId).and('d.id = ?', id), now)) > 0;
  }

  /** The same for all dead letters that fit; answers how many they were. */
  async replayAll(tenantId: string, filter: DeadLetterFilter, now: number): Promise<number> {
    let replayed = 0;
    for (;;) {
      const some = await this.#queueAgain(chosen(new Where('d.tenant_id', tenantId), filter), now);
      replayed += some;
      if (some < replayedAtOnce) return replayed;
    }
  }

  /** The steps of the feed after a cursor, of one tenant or of all; the caller keeps tenants apart. */
  async stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<DeliveryStep>> {
    const rows = await this.#database.read<DeliveryRow & { cursor: number }>(
      `select f.cursor, ${rowColumns} from feed f join delivery d on d.number = f.subject
         and ${sameTenant(this.#database.kind, 'd.tenant_id', 'f.tenant_id')}
       where f.cursor > ? and f.topic = 'deliveryChanged' ${tenantId === null ? '' : 'and f.tenant_id = ?'}
       order by f.cursor limit ?`,
      tenantId === null ? [cursor, limit] : [cursor, tenantId, limit],
    );
    const steps = rows.map((row) => ({ cursor: row.cursor, delivery: toNode(row) }));
    return chunkOf(steps, limit);
  }

  /** Steps of a tenant after one cursor up to and including another. */
  async countSteps(tenantId: string, after: number, until: number): Promise<number> {
    const [row] = await this.#database.read<{ steps: number }>(
      "select count(*) as steps from feed where tenant_id = ? and topic = 'deliveryChanged' and cursor > ? and cursor <= ?",
      [tenantId, after, until],
    );
    return row?.steps ?? 0;
  }

  #queueAgain(where: Where, now: number): Promise<number> {
    const dead = where.and("d.status = 'DEAD'");
    return changeRows(this.#database, async (em) => {
      const rows = await em.execute<{ tenant_id: string; number: number }[]>(
        `update delivery set status = 'QUEUED', due_at = ?, started_at = null, spent = 0, claim = null
         where id in (select d.id from delivery d ${dead.sql} order by d.number limit ${replayedAtOnce}) and status = 'DEAD'
         returning tenant_id, number`,
        [now, ...dead.params],
      );
      const steps = rows.map((row) => ({ tenantId: row.tenant_id, subject: row.number }));
      await appendToFeed(em, 'deliveryChanged', steps);
      return rows.length;
    });
  }
}

function chosen(where: Where, { sinkId, alertGroupId }: DeadLetterFilter): Where {
  if (sinkId != null) where.and('d.sink_id = ?', sinkId);
  if (alertGroupId != null) where.and('d.group_id = ?', alertGroupId);
  return where;
}

function toNode(row: DeliveryRow): DeliveryType {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    sinkId: row.sink_id,
    groupId: row.group_id,
    alertId: row.alert_id,
    reason: row.reason,
    status: row.status,
    severity: row.severity,
    alertCount: row.alert_count,
    createdAt: new Date(row.created_at),
    // While an attempt is being made, the row holds when the claim runs out.
    nextAttemptAt: row.due_at === null || row.claim !== null ? null : new Date(row.due_at),
  };
}

function toAttempt(row: AttemptRow): AttemptType {
  return { at: new Date(row.at), status: row.status, durationMs: row.duration_ms, error: row.error };
}
