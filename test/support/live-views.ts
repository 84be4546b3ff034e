import { expect } from 'vitest';
import { aWazuhAlert } from './builders.ts';
import type { GraphqlSocket } from './graphql-socket.ts';
import type { Household } from './network-views.ts';

type View = (home: Household) => Promise<void>;

/** What tenants see of each other by following what happens, for each root field that has to do with it. */
export function liveViews(all: () => readonly Household[]): Readonly<Record<string, View>> {
  /** Follows a topic, has something happen in every tenant, in one's own last, and answers what was seen of it. */
  const follow = async (home: Household, document: string, happen: (each: Household) => Promise<unknown>) => {
    const { tenant } = home;
    const { feedCursor: after } = await tenant.read('{ feedCursor }');
    const live = await tenant.live(document, { after });
    for (const each of [...all().filter((other) => other !== home), home]) await happen(each);
    const found = await live.next();
    live.drop();
    expect(found.payload.errors).toBeUndefined();
    return found.payload.data;
  };
  const fresh = (location: string) => aWazuhAlert({ location, rule: { id: crypto.randomUUID(), level: 5 } });
  return {
    // What no valid key speaks for belongs to nobody's tenant; the owner of the installation alone is shown it.
    'Query.refusedCalls': async ({ tenant }) => {
      expect(await tenant.read('{ refusedCalls { address } }')).toEqual({ refusedCalls: [] });
    },
    // A place in the feed says nothing of anybody's rows.
    'Query.feedCursor': async ({ tenant }) => {
      expect(await tenant.read('{ feedCursor }')).toEqual({ feedCursor: expect.stringMatching(/^\d+:\d+$/) });
    },
    'Subscription.alertGroupChanged': async (home) => {
      const document =
        'subscription ($after: String) { step: alertGroupChanged(after: $after) { group { tenantId } } }';
      const { step } = await follow(home, document, ({ tenant }) => tenant.ingest(fresh(tenant.id)));
      expect(step.group).toEqual({ tenantId: home.tenant.id });
    },
    'Subscription.eventIngested': async (home) => {
      const document =
        'subscription ($after: String) { step: eventIngested(after: $after) { event { tenantId raw } } }';
      const { step } = await follow(home, document, ({ tenant }) =>
        tenant.ingest(aWazuhAlert({ location: tenant.id })),
      );
      expect(step.event).toEqual({ tenantId: home.tenant.id, raw: expect.stringContaining(home.tenant.id) });
    },
    'Subscription.statsTick': async ({ tenant }) => {
      const { alerts, events } = await tenant.read('{ alerts { totalCount } events { totalCount } }');
      const live: GraphqlSocket = await tenant.live('subscription { statsTick { alerts events } }');
      const { payload } = await live.next();
      live.drop();
      expect(payload.data.statsTick).toEqual({ alerts: alerts.totalCount, events: events.totalCount });
    },
  };
}
