import type { EntityManager } from '@mikro-orm/sql';
import type { Database } from '../persistence/database.ts';
import { appendToFeed } from '../persistence/journal/append-feed.ts';
import type { SqlValue } from '../persistence/journal/journal-group.ts';
import { replacing, writeRows } from '../persistence/write-rows.ts';
import type { EpisodeOutcome, RoutedDelivery, Routing, RoutingMemory, SinkGroup } from './routing.ts';

/** How far the feed is routed, where it ends, and when the next digest is due. */
export interface RoutingOutlook {
  readonly cursor: number;
  readonly head: number;
  readonly digestDueAt: number | null;
}

/** A batch of the feed: the cursors it lies between, the groups its alerts are of, and the sinks that have a limit. */
export interface RoutingBatch {
  readonly from: number;
  readonly to: number;
  readonly groupIds: readonly string[];
  readonly limitedSinks: readonly string[];
  readonly now: number;
}

interface StateRow {
  readonly tenant_id: string;
  readonly group_id: string;
  readonly sink_id: string;
  readonly told_severity: number | null;
  readonly told_at: number | null;
  readonly from_alert: number;
  readonly to_alert: number;
  readonly count: number;
  readonly first_at: number;
  readonly last_at: number;
  readonly outcome: EpisodeOutcome;
  readonly episode_delivery_id: string | null;
  readonly silence_id: string | null;
  readonly delivery_id: string | null;
  readonly number: number;
  readonly reason: RoutedDelivery['reason'];
  readonly alert_id: number;
  readonly alert_count: number;
  readonly severity: number;
  readonly created_at: number;
  readonly due_at: number;
}

const hourMs = 3_600_000;
/** Groups named in one query. */
const groupsAtOnce = 400;
/** Digests told in one transaction. */
const digestsAtOnce = 200;

const deliveryColumns = [
  'id',
  'number',
  'tenant_id',
  'sink_id',
  'group_id',
  'created_at',
  'reason',
  'status',
  'alert_id',
  'alert_count',
  'severity',
  'due_at',
  'told_at',
  'attempts',
  'spent',
];
const deliveryChanges = ['reason', 'status', 'alert_id', 'alert_count', 'severity', 'due_at', 'told_at'];
const episodeKey = ['group_id', 'sink_id', 'from_alert'];
const episodeChanges = ['to_alert', 'count', 'last_at'];
const stateKey = ['group_id', 'sink_id'];
const stateChanges = ['told_severity', 'told_at', 'gathering_id', 'from_alert'];

/** The router's tables. It works for the whole server, so these queries are not of one tenant; every row keeps its own. */
export class RoutingRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async outlook(): Promise<RoutingOutlook> {
    const [row] = await this.#database.read<{ cursor: number; head: number; digest_due_at: number | null }>(
      `select r.feed_cursor as cursor, h.feed_cursor as head,
         (select min(due_at) from delivery where status = 'GATHERING') as digest_due_at
       from delivery_router r cross join journal_head h`,
      [],
    );
    return { cursor: row?.cursor ?? 0, head: row?.head ?? 0, digestDueAt: row?.digest_due_at ?? null };
  }

  /**
   * Moves the cursor over a batch and writes what `decide` makes of it, in one transaction. Null when another node routes, or has
   * routed from there already: nothing is changed then.
   */
  advance(batch: RoutingBatch, decide: (memory: RoutingMemory) => Routing): Promise<Routing | null> {
    return this.#database.em().transactional(async (em) => {
      const skip = this.#database.kind === 'postgres' ? 'for update skip locked' : '';
      const [router] = await em.execute<{ feed_cursor: number; delivery_number: number }[]>(
        `select feed_cursor, delivery_number from delivery_router where id = 1 ${skip}`,
      );
      if (router?.feed_cursor !== batch.from) return null;
      const routing = decide({
        states: await readStates(em, await groupsOf(em, batch)),
        toldTimes: await readToldTimes(em, batch),
        lastNumber: router.delivery_number,
      });
      await write(em, routing);
      await em.execute('update delivery_router set feed_cursor = ?, delivery_number = ? where id = 1', [
        batch.to,
        routing.lastNumber,
      ]);
      const news = [...routing.news].map(({ tenantId, number }) => ({ tenantId, subject: number }));
      await appendToFeed(em, 'deliveryChanged', news);
      return routing;
    });
  }
}

/** The batch's groups, and those of which a digest is due. */
async function groupsOf(em: EntityManager, { groupIds, now }: RoutingBatch): Promise<string[]> {
  const due = await em.execute<{ group_id: string }[]>(
    `select group_id from delivery where status = 'GATHERING' and due_at <= ? order by due_at limit ${digestsAtOnce}`,
    [now],
  );
  return [...new Set([...groupIds, ...due.map(({ group_id }) => group_id)])];
}

async function readStates(em: EntityManager, groupIds: readonly string[]): Promise<SinkGroup[]> {
  const states: SinkGroup[] = [];
  for (let start = 0; start < groupIds.length; start += groupsAtOnce) {
    const some = groupIds.slice(start, start + groupsAtOnce);
    const rows = await em.execute<StateRow[]>(
      `select s.tenant_id, s.group_id, s.sink_id, s.told_severity, s.told_at, s.from_alert, e.to_alert, e.count, e.first_at,
         e.last_at, e.outcome, e.delivery_id as episode_delivery_id, e.silence_id, d.id as delivery_id, d.number, d.reason,
         d.alert_id, d.alert_count, d.severity, d.created_at, d.due_at
       from sink_group s
       join notification_episode e on e.group_id = s.group_id and e.sink_id = s.sink_id and e.from_alert = s.from_alert
       left join delivery d on d.id = s.gathering_id
       where s.group_id in (${some.map(() => '?').join(', ')})`,
      some,
    );
    states.push(...rows.map(toState));
  }
  return states;
}

async function readToldTimes(em: EntityManager, { limitedSinks, now }: RoutingBatch): Promise<Map<string, number[]>> {
  const times = new Map(limitedSinks.map((id): [string, number[]] => [id, []]));
  if (limitedSinks.length === 0) return times;
  const rows = await em.execute<{ sink_id: string; told_at: number }[]>(
    `select sink_id, told_at from delivery
     where sink_id in (${limitedSinks.map(() => '?').join(', ')}) and told_at > ? order by told_at`,
    [...limitedSinks, now - hourMs],
  );
  for (const row of rows) times.get(row.sink_id)?.push(row.told_at);
  return times;
}

async function write(em: EntityManager, { deliveries, made, episodes, states }: Routing): Promise<void> {
  const rows = [...deliveries].map((delivery): SqlValue[] => [
    delivery.id,
    delivery.number,
    delivery.tenantId,
    delivery.sinkId,
    delivery.groupId,
    delivery.createdAt,
    delivery.reason,
    delivery.status,
    delivery.alertId,
    delivery.alertCount,
    delivery.severity,
    delivery.dueAt,
    delivery.toldAt,
    0,
    0,
  ]);
  await writeRows(em, 'delivery', deliveryColumns, rows, replacing(['id'], deliveryChanges));
  const counts = new Map<string, number>();
  for (const { tenantId } of made) counts.set(tenantId, (counts.get(tenantId) ?? 0) + 1);
  await writeRows(
    em,
    'counter',
    ['tenant_id', 'name', 'value'],
    [...counts].map(([tenantId, count]) => [tenantId, 'deliveries', count]),
    'on conflict (tenant_id, name) do update set value = counter.value + excluded.value',
  );
  await writeRows(
    em,
    'notification_episode',
    [...episodeKey, 'tenant_id', ...episodeChanges, 'first_at', 'outcome', 'delivery_id', 'silence_id'],
    [...episodes].map(([episode, state]) => [
      state.groupId,
      state.sinkId,
      episode.fromAlert,
      state.tenantId,
      episode.toAlert,
      episode.count,
      episode.lastAt,
      episode.firstAt,
      episode.outcome,
      episode.deliveryId,
      episode.silenceId,
    ]),
    replacing(episodeKey, episodeChanges),
  );
  await writeRows(
    em,
    'sink_group',
    [...stateKey, 'tenant_id', ...stateChanges],
    [...states].map((state) => [
      state.groupId,
      state.sinkId,
      state.tenantId,
      state.toldSeverity,
      state.toldAt,
      state.gathering?.id ?? null,
      state.episode?.fromAlert ?? 0,
    ]),
    replacing(stateKey, stateChanges),
  );
}

function toState(row: StateRow): SinkGroup {
  return {
    tenantId: row.tenant_id,
    groupId: row.group_id,
    sinkId: row.sink_id,
    toldSeverity: row.told_severity,
    toldAt: row.told_at,
    gathering: toGathering(row),
    episode: {
      outcome: row.outcome,
      deliveryId: row.episode_delivery_id,
      silenceId: row.silence_id,
      fromAlert: row.from_alert,
      toAlert: row.to_alert,
      count: row.count,
      firstAt: row.first_at,
      lastAt: row.last_at,
    },
  };
}

function toGathering(row: StateRow): RoutedDelivery | null {
  if (row.delivery_id === null) return null;
  return {
    id: row.delivery_id,
    number: row.number,
    tenantId: row.tenant_id,
    sinkId: row.sink_id,
    groupId: row.group_id,
    createdAt: row.created_at,
    reason: row.reason,
    status: 'GATHERING',
    alertId: row.alert_id,
    alertCount: row.alert_count,
    severity: row.severity,
    dueAt: row.due_at,
    toldAt: null,
  };
}
