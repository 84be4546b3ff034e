import type { AlertGroupFilter } from '../../schema/alert-group/alert-group.input.ts';
import type { AlertGroupChanged } from '../../schema/alert-group/alert-group-changed.type.ts';
import type { Principal } from '../context.ts';
import { groupMatcherOf } from '../modules/alert-group/alert-group.filter.ts';
import type { AlertGroupStep } from '../modules/alert-group/alert-group.node.ts';
import type { Subscription } from './subscription.ts';
import { type FeedParts, type StepSource, TopicFeed } from './topic-feed.ts';

/** How long changes of a group gather that become one step, in milliseconds. */
const gatherMs = 200;

/** The live feed of alert groups. */
export class AlertGroupFeed extends TopicFeed<AlertGroupStep, AlertGroupChanged> {
  constructor(source: StepSource<AlertGroupStep>, lastCursor: () => Promise<number>, parts: FeedParts) {
    super(
      {
        gatherMs,
        stepsAfter: (cursor, limit, tenantId) => source.stepsAfter(cursor, limit, tenantId),
        countSteps: (tenantId, after, until) => source.countSteps(tenantId, after, until),
        lastCursor,
        tenantOf: ({ tenantId }) => tenantId,
        payloadOf: ({ cursor, group, removedId, manyChanged }) => ({
          cursor: String(cursor),
          group,
          removedId,
          manyChanged,
          gap: null,
        }),
        gapOf: (cursor, gap) => ({ cursor, group: null, removedId: null, manyChanged: null, gap }),
      },
      parts,
    );
  }

  /** The groups that changed after a cursor, or from now on, that the filter lets through; goes on until the caller leaves. */
  async follow(
    principal: Principal,
    filter: AlertGroupFilter,
    after: string | null,
  ): Promise<Subscription<AlertGroupStep, AlertGroupChanged>> {
    const matches = groupMatcherOf(filter);
    // What is gone, or is many, cannot be compared: everyone is told.
    return this.join(principal, ({ group }) => group === null || matches(group), after);
  }
}
