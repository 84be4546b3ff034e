import type { EntityManager } from '@mikro-orm/sql';
import type { Database } from '../persistence/database.ts';
import { appendToFeed } from '../persistence/journal/append-feed.ts';
import { replacing, writeRows } from '../persistence/write-rows.ts';
import { allowance, type SinkHealth, unproven } from './breaker.ts';
import { type HealthRow, healthColumns, healthValues, toHealth } from './health-row.ts';
import type { NotificationReason } from './notification.ts';

/** What waits for a sink: when the earliest of it is due, and how the sink is. Times are epoch milliseconds. */
export interface SinkQueue {
  readonly sinkId: string;
  readonly dueAt: number;
  readonly health: SinkHealth;
}

/** A sink of whose outage an alert stands, and since when it lasts, in epoch milliseconds. */
export interface FailingSink {
  readonly sinkId: string;
  readonly tenantId: string;
  readonly since: number;
}

/** A delivery that this process may attempt until its claim runs out. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly number: number;
  readonly tenantId: string;
  readonly sinkId: string;
  readonly groupId: string;
  readonly reason: NotificationReason;
  readonly alertId: number;
  readonly alertCount: number;
  readonly startedAt: number | null;
  readonly attempts: number;
  readonly spent: number;
}

/** How one attempt, or the look at whether one can be made, ended. */
export interface FinishedDelivery {
  readonly delivery: ClaimedDelivery;
  readonly status: 'QUEUED' | 'DELIVERED' | 'DEAD';
  readonly dueAt: number | null;
  readonly startedAt: number | null;
  /** Whether it counts as one of the schedule. */
  readonly attempt: FinishedAttempt;
}

export interface FinishedAttempt {
  readonly at: number;
  readonly result: string;
  readonly status: number | null;
  readonly durationMs: number;
  readonly error: string | null;
}

interface DeliveryRow {
  readonly id: string;
  readonly number: number;
  readonly tenant_id: string;
  readonly sink_id: string;
  readonly group_id: string;
  readonly reason: NotificationReason;
  readonly alert_id: number;
  readonly alert_count: number;
  readonly started_at: number | null;
  readonly attempts: number;
  readonly spent: number;
}

/** Finds each sink that has a queue by one step along the index, however long the queues are. */
const queuesSql = `with recursive queued (sink_id) as (
    select * from (select sink_id from delivery where status = 'QUEUED' order by sink_id limit 1) as first_one
    union all
    select (select d.sink_id from delivery d where d.status = 'QUEUED' and d.sink_id > q.sink_id order by d.sink_id limit 1)
    from queued q where q.sink_id is not null
  )
  select q.sink_id as queue_id, (select min(d.due_at) from delivery d where d.status = 'QUEUED' and d.sink_id = q.sink_id) as due_at,
    h.*
  from queued q left join sink_health h on h.sink_id = q.sink_id where q.sink_id is not null`;

/** The dispatcher's tables. It works for the whole server, so these queries are not of one tenant. */
export class DispatchRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Every sink for which something waits. */
  async queues(): Promise<SinkQueue[]> {
    const rows = await this.#database.read<HealthRow & { queue_id: string; due_at: number | null }>(queuesSql, []);
    return rows.map((row) => ({
      sinkId: row.queue_id,
      dueAt: row.due_at ?? 0,
      health: row.sink_id === null ? unproven : toHealth(row),
    }));
  }

  /** How many deliveries wait to be sent, and since when the oldest of them that is due waits. */
  async depth(now: number): Promise<{ queued: number; oldestDueAt: number | null }> {
    const [row] = await this.#database.read<{ queued: number; oldest: number | null }>(
      `select count(*) as queued, (select min(due_at) from delivery where status = 'QUEUED' and due_at <= ?) as oldest
       from delivery where status = 'QUEUED'`,
      [now],
    );
    return { queued: row?.queued ?? 0, oldestDueAt: row?.oldest ?? null };
  }

  async failing(): Promise<FailingSink[]> {
    const rows = await this.#database.read<{ sink_id: string; tenant_id: string; failing_since: number }>(
      'select sink_id, tenant_id, failing_since from sink_health where failing_since is not null',
      [],
    );
    return rows.map((row) => ({ sinkId: row.sink_id, tenantId: row.tenant_id, since: row.failing_since }));
  }

  /**
   * Takes due deliveries of the sinks for this process, at most so many a sink and no more than each sink's health allows. Nobody else
   * takes them before the lease is over.
   */
  claim(places: ReadonlyMap<string, number>, claim: string, now: number, leaseMs: number): Promise<ClaimedDelivery[]> {
    return this.#database.em().transactional(async (em) => {
      const healths = await this.#lockHealth(em, [...places.keys()]);
      const claimed: ClaimedDelivery[] = [];
      for (const [sinkId, free] of places) {
        const health = healths.get(sinkId) ?? unproven;
        const allowed = allowance(health, free, now);
        if (allowed === 0) continue;
        const taken = await this.#take(em, sinkId, allowed, claim, now, leaseMs);
        claimed.push(...taken);
        if (taken.length > 0 && health.openUntil !== null) {
          await em.execute('update sink_health set probe_until = ? where sink_id = ?', [now + leaseMs, sinkId]);
        }
      }
      return claimed;
    });
  }

  /**
   * Writes how attempts ended, and what that says of their sinks; a delivery whose claim another process has taken since is left
   * alone. Answers what was written and the health of the sinks before and after.
   */
  finish(
    finished: readonly FinishedDelivery[],
    claim: string,
    healthAfter: (before: SinkHealth, ofSink: readonly FinishedDelivery[]) => SinkHealth,
  ): Promise<{ written: FinishedDelivery[]; healths: Map<string, { before: SinkHealth; after: SinkHealth }> }> {
    return this.#database.em().transactional(async (em) => {
      const bySink = new Map<string, FinishedDelivery[]>();
      for (const each of finished) {
        const ofSink = bySink.get(each.delivery.sinkId) ?? [];
        bySink.set(each.delivery.sinkId, [...ofSink, each]);
      }
      const known = await this.#lockHealth(em, [...bySink.keys()]);
      const written: FinishedDelivery[] = [];
      for (const each of finished) if (await update(em, each, claim)) written.push(each);
      await writeAttempts(em, written);
      const healths = new Map<string, { before: SinkHealth; after: SinkHealth }>();
      for (const [sinkId, ofSink] of bySink) {
        const before = known.get(sinkId) ?? unproven;
        healths.set(sinkId, { before, after: healthAfter(before, ofSink) });
      }
      await writeHealth(em, bySink, healths);
      const steps = written.map(({ delivery }) => ({ tenantId: delivery.tenantId, subject: delivery.number }));
      await appendToFeed(em, 'deliveryChanged', steps);
      return { written, healths };
    });
  }

  /** Gives back what was claimed and not finished, all or some: it is due at once, for whoever comes next. */
  async release(claim: string, now: number, ids: readonly string[] | null = null): Promise<void> {
    const some = ids === null ? '' : `and id in (${ids.map(() => '?').join(', ')})`;
    await this.#database
      .em()
      .getConnection('write')
      .execute(
        `update delivery set due_at = ?, claim = null where status = 'QUEUED' and claim = ? ${some}`,
        [now, claim, ...(ids ?? [])],
        'run',
      );
  }

  /** The same for all that anybody claimed: for a process that knows that it is alone on the database. */
  async releaseAll(now: number): Promise<void> {
    await this.#database
      .em()
      .getConnection('write')
      .execute(
        "update delivery set due_at = ?, claim = null where status = 'QUEUED' and claim is not null",
        [now],
        'run',
      );
  }

  async #take(
    em: EntityManager,
    sinkId: string,
    most: number,
    claim: string,
    now: number,
    leaseMs: number,
  ): Promise<ClaimedDelivery[]> {
    const skip = this.#database.kind === 'postgres' ? 'for update skip locked' : '';
    const rows = await em.execute<DeliveryRow[]>(
      `update delivery set claim = ?, due_at = ? where id in (
         select id from delivery where status = 'QUEUED' and sink_id = ? and due_at <= ? order by due_at limit ? ${skip})
       returning *`,
      [claim, now + leaseMs, sinkId, now, most],
    );
    return rows.map(toClaimed);
  }

  /** In one order, so that two processes never wait for each other. */
  async #lockHealth(em: EntityManager, sinkIds: readonly string[]): Promise<Map<string, SinkHealth>> {
    const lock = this.#database.kind === 'postgres' ? 'for update' : '';
    const rows = await em.execute<HealthRow[]>(
      `select * from sink_health where sink_id in (${sinkIds.map(() => '?').join(', ')}) order by sink_id ${lock}`,
      sinkIds,
    );
    return new Map(rows.map((row) => [row.sink_id, toHealth(row)]));
  }
}

async function update(
  em: EntityManager,
  { delivery, status, dueAt, startedAt, attempt }: FinishedDelivery,
  claim: string,
): Promise<boolean> {
  const counted = attempt.result === 'UNSENT' ? 0 : 1;
  const rows = await em.execute<object[]>(
    `update delivery set status = ?, due_at = ?, started_at = ?, attempts = ?, spent = ?, claim = null
     where id = ? and claim = ? returning id`,
    [status, dueAt, startedAt, delivery.attempts + 1, delivery.spent + counted, delivery.id, claim],
  );
  return rows.length > 0;
}

async function writeAttempts(em: EntityManager, finished: readonly FinishedDelivery[]): Promise<void> {
  await writeRows(
    em,
    'delivery_attempt',
    ['delivery_id', 'number', 'tenant_id', 'at', 'result', 'status', 'duration_ms', 'error'],
    finished.map(({ delivery, attempt }) => [
      delivery.id,
      delivery.attempts + 1,
      delivery.tenantId,
      attempt.at,
      attempt.result,
      attempt.status,
      attempt.durationMs,
      attempt.error,
    ]),
  );
}

async function writeHealth(
  em: EntityManager,
  bySink: ReadonlyMap<string, readonly FinishedDelivery[]>,
  healths: ReadonlyMap<string, { before: SinkHealth; after: SinkHealth }>,
): Promise<void> {
  // In one order: two processes that meet a new sink at once must not wait for each other.
  const changed = [...healths]
    .filter(([, { before, after }]) => before !== after)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  await writeRows(
    em,
    'sink_health',
    ['sink_id', 'tenant_id', ...healthColumns],
    changed.map(([sinkId, { after }]) => [
      sinkId,
      bySink.get(sinkId)?.[0]?.delivery.tenantId ?? null,
      ...healthValues(after),
    ]),
    replacing(['sink_id'], healthColumns),
  );
}

function toClaimed(row: DeliveryRow): ClaimedDelivery {
  return {
    id: row.id,
    number: row.number,
    tenantId: row.tenant_id,
    sinkId: row.sink_id,
    groupId: row.group_id,
    reason: row.reason,
    alertId: row.alert_id,
    alertCount: row.alert_count,
    startedAt: row.started_at,
    attempts: row.attempts,
    spent: row.spent,
  };
}
