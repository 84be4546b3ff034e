import type { AlertFilter } from '../../schema/alert/alert.input.ts';
import type { AlertRaised } from '../../schema/alert/alert-raised.type.ts';
import type { Principal } from '../context.ts';
import { matcherOf } from '../modules/alert/alert.filter.ts';
import type { AlertService, AlertStep } from '../modules/alert/alert.service.ts';
import type { Subscription } from './subscription.ts';
import { type FeedParts, TopicFeed } from './topic-feed.ts';

/** The live feed of alerts. */
export class AlertFeed extends TopicFeed<AlertStep, AlertRaised> {
  constructor(alerts: AlertService, parts: FeedParts) {
    super(
      {
        stepsAfter: (cursor, limit, tenantId) => alerts.stepsAfter(cursor, limit, tenantId),
        countSteps: (tenantId, after, until) => alerts.countSteps(tenantId, after, until),
        lastCursor: () => alerts.lastCursor(),
        tenantOf: ({ alert }) => alert.tenantId,
        payloadOf: ({ cursor, alert }) => ({ cursor: String(cursor), alert, gap: null }),
        gapOf: (cursor, gap) => ({ cursor, alert: null, gap }),
      },
      parts,
    );
  }

  /** The alerts after a cursor, or from now on, that the filter lets through; goes on until the caller leaves. */
  follow(
    principal: Principal,
    filter: AlertFilter,
    after: string | null,
  ): Promise<Subscription<AlertStep, AlertRaised>> {
    return this.join(principal, matcherOf(filter), after);
  }
}
