import type { AlertFilter } from '../../schema/alert/alert.input.ts';
import type { AlertRaised } from '../../schema/alert/alert-raised.type.ts';
import type { Principal } from '../context.ts';
import { matcherOf } from '../modules/alert/alert.filter.ts';
import type { AlertService, AlertStep } from '../modules/alert/alert.service.ts';
import type { SearchService } from '../modules/search/search.service.ts';
import type { Subscription } from './subscription.ts';
import { type FeedParts, TopicFeed } from './topic-feed.ts';

/** The live feed of alerts. */
export class AlertFeed extends TopicFeed<AlertStep, AlertRaised> {
  readonly #search: SearchService;

  constructor(alerts: AlertService, search: SearchService, parts: FeedParts) {
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
    this.#search = search;
  }

  /** The alerts after a cursor, or from now on, that the filter lets through; goes on until the caller leaves. */
  async follow(
    principal: Principal,
    filter: AlertFilter,
    after: string | null,
  ): Promise<Subscription<AlertStep, AlertRaised>> {
    const search = await this.#search.read(principal, 'ALERT', filter.search);
    return this.join(principal, matcherOf(filter, search), after);
  }
}
