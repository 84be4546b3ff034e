import { AlertGroupFeed } from './feed/alert-group-feed.ts';
import { DeviceFeed } from './feed/device-feed.ts';
import { EventFeed } from './feed/event-feed.ts';
import { Live } from './feed/live.ts';
import { StatsFeed } from './feed/stats-feed.ts';
import type { FeedParts } from './feed/topic-feed.ts';
import { AlertGroupStepsRepository } from './modules/alert-group/alert-group-steps.repository.ts';
import { DeviceStepsRepository } from './modules/device/device-steps.repository.ts';
import { EventStepsRepository } from './modules/event/event-steps.repository.ts';
import { StatsRepository } from './modules/live/stats.repository.ts';
import { StatsService } from './modules/live/stats.service.ts';
import type { Store } from './store.ts';

/** The feeds besides those of alerts and deliveries. */
export function openLive({ database, alerts, events, search }: Store, parts: FeedParts, now: () => number): Live {
  const lastCursor = () => alerts.lastCursor();
  const eventSteps = new EventStepsRepository(database);
  return new Live({
    groups: new AlertGroupFeed(new AlertGroupStepsRepository(database), lastCursor, parts),
    devices: new DeviceFeed(new DeviceStepsRepository(database), lastCursor, parts),
    events: new EventFeed(
      {
        stepsAfter: (cursor, limit, tenantId) => eventSteps.stepsAfter(cursor, limit, tenantId),
        countSteps: (tenantId, after, until) => eventSteps.countSteps(tenantId, after, until),
        lastCursor: () => eventSteps.lastCursor(),
        find: async (tenantId, id) => (await events.byIds(tenantId, [id]))[0] ?? null,
      },
      search,
      parts,
    ),
    stats: new StatsFeed(new StatsService(new StatsRepository(database), now), parts),
  });
}
