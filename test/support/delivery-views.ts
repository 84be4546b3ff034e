import { expect } from 'vitest';
import { deliverySchema } from '../../server/modules/delivery/delivery.entity.ts';
import { uuidV7 } from '../../server/uuid-v7.ts';
import type { Household } from './network-views.ts';
import { refusesOthers } from './user-views.ts';

let lastNumber = 1_000_000;
const deliveries = '{ deliveries { nodes { id tenantId } } }';
const listed = (data: Record<string, unknown>) => (data.deliveries as { nodes: { id: string }[] }).nodes;

/** A dead letter of a tenant, about an alert of its own. */
export async function deadLetterOf({ tenant, alerts }: Pick<Household, 'tenant' | 'alerts'>): Promise<string> {
  const [row] = await tenant.gateway.store.database.read<{ group_id: string }>(
    'select group_id from alert where id = ?',
    [Number(alerts[0])],
  );
  const now = Date.now();
  const id = uuidV7(now);
  await tenant.gateway.store.database.em().insert(deliverySchema, {
    id,
    number: ++lastNumber,
    tenantId: tenant.id,
    sinkId: uuidV7(now),
    groupId: row?.group_id ?? '',
    reason: 'NEW',
    status: 'DEAD',
    alertId: Number(alerts[0]),
    alertCount: 1,
    severity: 3,
    createdAt: now,
    toldAt: now,
    attempts: 0,
    spent: 0,
  });
  return id;
}

/** What tenants see of what others were told, for each root field that shows or changes it. */
export function deliveryViews(
  all: () => readonly Household[],
): Readonly<Record<string, (home: Household) => Promise<void>>> {
  return {
    'Query.deliveries': async (home) => {
      const id = await deadLetterOf(home);
      for (const { tenant: other } of all()) {
        const found = listed(await other.read(deliveries)) as { id: string; tenantId: string }[];
        expect(found.some((row) => row.id === id)).toBe(other === home.tenant);
        expect(found.filter(({ tenantId }) => tenantId !== other.id)).toEqual([]);
      }
    },
    'Query.delivery': async (home) => {
      const id = await deadLetterOf(home);
      const document = 'query ($id: ID!) { delivery(id: $id) { id alert { id tenantId } group { tenantId } } }';
      for (const { tenant: other } of all()) {
        const { delivery } = await other.read(document, { id });
        if (other !== home.tenant) expect(delivery).toBeNull();
        else expect(delivery).toMatchObject({ id, alert: { tenantId: other.id }, group: { tenantId: other.id } });
      }
    },
    'Query.notificationTrail': async ({ tenant }) => {
      const document = 'query ($id: ID!) { notificationTrail(alertId: $id) { sinkId sink { tenantId } } }';
      for (const { tenant: other, alerts } of all()) {
        const { data, errors } = await tenant.graphql(document, { id: alerts[0] });
        if (other !== tenant) expect(errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
        else
          expect(
            data.notificationTrail.every((fate: { sink: { tenantId: string } }) => fate.sink.tenantId === tenant.id),
          ).toBe(true);
      }
    },
    'Mutation.replayDelivery': async (home) => {
      for (const each of all()) await deadLetterOf(each);
      const document = 'mutation ($id: ID!) { replayDelivery(id: $id) { id } }';
      await refusesOthers(home, all(), deliveries, listed, document);
    },
    'Mutation.replayDeliveries': async (home) => {
      const ids = await Promise.all(all().map(deadLetterOf));
      const { replayDeliveries } = await home.tenant.read('mutation { replayDeliveries }');
      expect(replayDeliveries).toBeGreaterThanOrEqual(1);
      for (const [index, { tenant }] of all().entries()) {
        if (tenant === home.tenant) continue;
        const document = 'query ($id: ID!) { delivery(id: $id) { status attempts { at } } }';
        // Who replays a dead letter of a sink that is gone finds an attempt on it, or finds it queued.
        const { delivery } = await tenant.read(document, { id: ids[index] });
        expect(delivery).toEqual({ status: 'DEAD', attempts: [] });
      }
    },
    'Subscription.deliveryChanged': async (home) => {
      const document = 'subscription ($after: String) { deliveryChanged(after: $after) { delivery { id tenantId } } }';
      const live = await home.tenant.live(document, { after: '0' });
      const ids = new Map<Household, string>();
      // The home's comes last: once it is there, all others' have gone by.
      for (const each of [...all().filter((other) => other !== home), home]) {
        const id = await deadLetterOf(each);
        ids.set(each, id);
        await each.tenant.read('mutation ($id: ID!) { replayDelivery(id: $id) { id } }', { id });
      }
      const seen: { id: string; tenantId: string }[] = [];
      while (seen.at(-1)?.id !== ids.get(home)) seen.push((await live.next()).payload.data.deliveryChanged.delivery);
      live.drop();
      expect(seen.filter(({ tenantId }) => tenantId !== home.tenant.id)).toEqual([]);
    },
  };
}
