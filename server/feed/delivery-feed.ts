import type { DeliveryFilter } from '../../schema/delivery/delivery.input.ts';
import type { DeliveryChanged } from '../../schema/delivery/delivery.type.ts';
import type { Principal } from '../context.ts';
import type { AlertService } from '../modules/alert/alert.service.ts';
import { checkIds, type DeliveryService, type DeliveryStep } from '../modules/delivery/delivery.service.ts';
import type { Subscription } from './subscription.ts';
import { type FeedParts, TopicFeed } from './topic-feed.ts';

/** The live feed of deliveries. */
export class DeliveryFeed extends TopicFeed<DeliveryStep, DeliveryChanged> {
  constructor(deliveries: DeliveryService, alerts: AlertService, parts: FeedParts) {
    super(
      {
        stepsAfter: (cursor, limit, tenantId) => deliveries.stepsAfter(cursor, limit, tenantId),
        countSteps: (tenantId, after, until) => deliveries.countSteps(tenantId, after, until),
        lastCursor: () => alerts.lastCursor(),
        tenantOf: ({ delivery }) => delivery.tenantId,
        payloadOf: ({ cursor, delivery }) => ({ cursor: String(cursor), delivery, gap: null }),
        gapOf: (cursor, gap) => ({ cursor, delivery: null, gap }),
      },
      parts,
    );
  }

  /** The deliveries that changed after a cursor, or from now on, that the filter lets through; goes on until the caller leaves. */
  async follow(
    principal: Principal,
    filter: DeliveryFilter,
    after: string | null,
  ): Promise<Subscription<DeliveryStep, DeliveryChanged>> {
    checkIds(filter);
    const { sinkId, status, alertGroupId } = filter;
    const matches = ({ delivery }: DeliveryStep) =>
      (sinkId == null || delivery.sinkId === sinkId) &&
      (alertGroupId == null || delivery.groupId === alertGroupId) &&
      (!status?.length || status.includes(delivery.status));
    return this.join(principal, matches, after);
  }
}
