import type { DeadLetterFilter, DeliveryFilter } from '../../../schema/delivery/delivery.input.ts';
import type { AttemptType, DeliveryType, NotificationFate } from '../../../schema/delivery/delivery.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import { mostOfGroup } from '../../../schema/paging/page-size.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import type { FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { isUuid } from '../../uuid-v7.ts';
import type { AlertNode } from '../alert/alert.node.ts';
import type { AlertService } from '../alert/alert.service.ts';
import type { EventSinkService } from '../event-sink/event-sink.service.ts';
import type { DeliveryRepository, DeliveryStep } from './delivery.repository.ts';

export type { DeliveryStep };

/** What is sent to sinks, and what became of every alert; the making and the sending of deliveries is server/delivery/. */
export class DeliveryService {
  readonly #deliveries: DeliveryRepository;
  readonly #alerts: AlertService;
  readonly #sinks: EventSinkService;
  readonly #now: () => number;
  readonly #onQueued: () => void;

  constructor(
    deliveries: DeliveryRepository,
    alerts: AlertService,
    sinks: EventSinkService,
    now: () => number,
    onQueued: () => void,
  ) {
    this.#deliveries = deliveries;
    this.#alerts = alerts;
    this.#sinks = sinks;
    this.#now = now;
    this.#onQueued = onQueued;
  }

  /** The latest made first. */
  page(tenantId: string, filter: DeliveryFilter | null, request: PageRequest): Promise<Page<DeliveryType>> {
    checkIds(filter);
    return this.#deliveries.page(tenantId, filter ?? {}, request);
  }

  /** Null when the tenant has no delivery of that id. */
  async get(tenantId: string, id: string): Promise<DeliveryType | null> {
    const [delivery] = isUuid(id) ? await this.#deliveries.byIds(tenantId, [id]) : [];
    return delivery ?? null;
  }

  /** Of each group the latest made deliveries first, at most 20 of each. */
  async latestOfGroups(tenantId: string, groupIds: readonly string[], first: number): Promise<DeliveryType[][]> {
    if (first < 1 || first > mostOfGroup) throw new InvalidInput('first', `must be from 1 to ${mostOfGroup}`);
    const found = await this.#deliveries.latestOfGroups(tenantId, groupIds, first);
    return groupIds.map((id) => found.get(id) ?? []);
  }

  /** Of each delivery, the first attempt first. */
  async attemptsOf(tenantId: string, ids: readonly string[]): Promise<AttemptType[][]> {
    const found = await this.#deliveries.attempts(tenantId, ids);
    return ids.map((id) => found.get(id) ?? []);
  }

  /** What became of an alert, for every sink of the tenant and those that are gone; throws NotFound. */
  async trail(tenantId: string, alertId: string): Promise<NotificationFate[]> {
    const alert = await this.#alerts.byId(tenantId, alertId);
    if (!alert) throw new NotFound('Alert', alertId);
    const [trail = []] = await this.trails(tenantId, [alert]);
    return trail;
  }

  /** The same of each of some alerts. */
  async trails(
    tenantId: string,
    alerts: readonly Pick<AlertNode, 'id' | 'receivedAt'>[],
  ): Promise<NotificationFate[][]> {
    if (alerts.length === 0) return [];
    const fates = await this.#deliveries.fates(
      tenantId,
      alerts.map(({ id }) => id),
    );
    const ids = [...new Set(fates.flatMap(({ deliveryId }) => deliveryId ?? []))];
    const [found, routable] = await Promise.all([this.#deliveries.byIds(tenantId, ids), this.#sinks.routable()]);
    const deliveries = new Map(found.map((each) => [each.id, each]));
    const sinks = routable.filter((sink) => sink.tenantId === tenantId);
    const byAlert = Map.groupBy(fates, ({ alertId }) => alertId);
    return alerts.map((alert) => {
      const own = byAlert.get(alert.id) ?? [];
      const known = new Set(own.map(({ sinkId }) => sinkId));
      return [
        ...own.map(({ sinkId, outcome, deliveryId, silenceId }) => ({
          sinkId,
          outcome,
          delivery: deliveries.get(deliveryId ?? '') ?? null,
          silenceId,
        })),
        ...sinks
          .filter(({ id }) => !known.has(id))
          .map(({ id, createdAt }): NotificationFate => {
            const outcome = alert.receivedAt < createdAt ? 'BEFORE_SINK' : 'NOT_YET_ROUTED';
            return { sinkId: id, outcome, delivery: null, silenceId: null };
          }),
      ].sort((left, right) => (left.sinkId < right.sinkId ? -1 : 1));
    });
  }

  /** Queues a dead letter again, under the same id; throws NotFound, or Conflict when it is none. */
  async replay(tenantId: string, id: string): Promise<DeliveryType> {
    const isReplayed = isUuid(id) && (await this.#deliveries.replay(tenantId, id, this.#now()));
    const delivery = await this.get(tenantId, id);
    if (!delivery) throw new NotFound('Delivery', id);
    if (!isReplayed) throw new Conflict('Only a dead letter can be replayed');
    this.#onQueued();
    return delivery;
  }

  /** Queues all dead letters that fit again; answers how many they are. */
  async replayAll(tenantId: string, filter: DeadLetterFilter | null): Promise<number> {
    checkIds(filter);
    const replayed = await this.#deliveries.replayAll(tenantId, filter ?? {}, this.#now());
    if (replayed > 0) this.#onQueued();
    return replayed;
  }

  /** Steps of the feed after a cursor, of one tenant or, for the tail that all share, of every one. */
  stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<DeliveryStep>> {
    return this.#deliveries.stepsAfter(cursor, limit, tenantId);
  }

  countSteps(tenantId: string, after: number, until: number): Promise<number> {
    return this.#deliveries.countSteps(tenantId, after, until);
  }
}

/** Throws InvalidInput for what can be no id. */
export function checkIds(filter: DeadLetterFilter | null): void {
  for (const name of ['sinkId', 'alertGroupId'] as const) {
    const id = filter?.[name];
    if (id != null && !isUuid(id)) throw new InvalidInput(name, 'must be a UUID');
  }
}
