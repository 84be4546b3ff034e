import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AlertStatus } from '../../../schema/alert-group/alert-group.enum.ts';
import { alertGroupSchema } from '../../../server/modules/alert-group/alert-group.entity.ts';
import { type DeliveryHarness, openDeliveries } from './open-delivery.ts';

let harness: DeliveryHarness;
const minute = 60_000;

beforeAll(async () => {
  harness = await openDeliveries(() => ({ status: 204 }));
});

afterAll(() => harness[Symbol.asyncDispose]());

describe('a storm of 1,000 alerts that are alike', () => {
  it('is told of twice, with the true count', async () => {
    const tenant = await harness.tenant('Storm');
    await harness.sink(tenant, 'storm');
    for (let batch = 0; batch < 10; batch++) {
      await harness.raise(tenant, 'storm', 7, 100);
      await harness.clock.pass(1000);
    }
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'GATHERING DIGEST 999 0']);
    await harness.clock.pass(5 * minute);
    const [first, digest] = await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED DIGEST 999 1']);
    expect(harness.posts('storm')).toEqual([first?.id, digest?.id]);
    const { alerts } = await tenant.read('{ alerts { totalCount } }');
    expect(alerts.totalCount).toBe(1000);
  });
});

describe('an alert group', () => {
  it('that gets worse is told of at once, with what was gathered until then', async () => {
    const tenant = await harness.tenant('Escalation');
    await harness.sink(tenant, 'worse');
    await harness.raise(tenant, 'worse', 7);
    await harness.raise(tenant, 'worse', 7, 3);
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'GATHERING DIGEST 3 0']);
    await harness.raise(tenant, 'worse', 12);
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED ESCALATED 4 1']);
    await harness.raise(tenant, 'worse', 12);
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED ESCALATED 4 1', 'GATHERING DIGEST 1 0']);
  });

  it('that was quiet for longer than the digest window is told of at once when it comes back', async () => {
    const tenant = await harness.tenant('Back again');
    await harness.sink(tenant, 'back', { digestSeconds: 600 });
    await harness.raise(tenant, 'back');
    await harness.until(tenant, ['DELIVERED NEW 1 1']);
    await harness.clock.pass(11 * minute);
    await harness.raise(tenant, 'back');
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED DIGEST 1 1']);
  });

  it('is told of to each sink by a delivery of its own', async () => {
    const tenant = await harness.tenant('Two sinks');
    await harness.sink(tenant, 'left');
    await harness.sink(tenant, 'right');
    await harness.raise(tenant, 'both');
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED NEW 1 1']);
    expect(new Set([...harness.posts('left'), ...harness.posts('right')]).size).toBe(2);
  });
});

describe('a sink with a bound of notifications an hour', () => {
  it('is told later of what the bound kept back, and loses no alert', async () => {
    const tenant = await harness.tenant('Bounded');
    await harness.sink(tenant, 'bounded', { maxPerHour: 2 });
    await harness.raise(tenant, 'one');
    await harness.raise(tenant, 'two');
    const third = await harness.raise(tenant, 'three');
    await harness.raise(tenant, 'three', 7, 4);
    await harness.raise(tenant, 'four');
    const told = ['DELIVERED NEW 1 1', 'DELIVERED NEW 1 1'];
    await harness.until(tenant, [...told, 'GATHERING NEW 5 0', 'GATHERING NEW 1 0']);
    expect(await harness.trail(tenant, third)).toMatchObject({ bounded: { outcome: 'RATE_LIMITED' } });
    await harness.clock.pass(61 * minute);
    await harness.until(tenant, [...told, 'DELIVERED NEW 5 1', 'DELIVERED NEW 1 1']);
    await harness.raise(tenant, 'five');
    await harness.until(tenant, [...told, 'DELIVERED NEW 5 1', 'DELIVERED NEW 1 1', 'GATHERING NEW 1 0']);
  });
});

describe('notificationTrail', () => {
  it('says of every sink what became of an alert, and why', async () => {
    const tenant = await harness.tenant('Trail');
    const before = await harness.raise(tenant, 'before');
    harness.clock.nowMs += 10;
    await harness.sink(tenant, 'told');
    await harness.sink(tenant, 'threshold', { minSeverity: 'CRITICAL' });
    await harness.sink(tenant, 'filtered', { filter: { types: ['another'] } });
    await harness.sink(tenant, 'off', { isEnabled: false });
    await tenant.read('mutation ($input: CreateSilenceInput!) { createSilence(input: $input) { id } }', {
      input: {
        matchers: [{ field: 'TITLE', operator: 'EQUALS', value: 'Rule hushed' }],
        endsAt: new Date(harness.clock.nowMs + 60 * minute),
        reason: 'A test of ours',
      },
    });
    const first = await harness.raise(tenant, 'told');
    const [delivery] = await harness.until(tenant, ['DELIVERED NEW 1 1']);
    const second = await harness.raise(tenant, 'told');
    const [, digest] = await harness.until(tenant, ['DELIVERED NEW 1 1', 'GATHERING DIGEST 1 0']);
    const hushed = await harness.raise(tenant, 'hushed');
    const others = {
      threshold: { outcome: 'BELOW_THRESHOLD' },
      filtered: { outcome: 'FILTERED' },
      off: { outcome: 'SINK_OFF' },
    };
    expect(await harness.trail(tenant, first)).toEqual({
      told: { outcome: 'TOLD', deliveryId: delivery?.id },
      ...others,
    });
    expect(await harness.trail(tenant, second)).toEqual({
      told: { outcome: 'GATHERED', deliveryId: digest?.id },
      ...others,
    });
    await vi.waitFor(async () =>
      expect(await harness.trail(tenant, hushed)).toEqual({ told: { outcome: 'SILENCED' }, ...others }),
    );
    expect(Object.values(await harness.trail(tenant, before)).map(({ outcome }) => outcome)).toEqual(
      Array.from({ length: 4 }, () => 'BEFORE_SINK'),
    );
    const { errors } = await tenant.graphql('{ notificationTrail(alertId: "999999") { outcome } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('says so of a group that triage keeps quiet', async () => {
    const tenant = await harness.tenant('Quiet');
    await harness.sink(tenant, 'quiet');
    await harness.raise(tenant, 'quiet');
    await harness.until(tenant, ['DELIVERED NEW 1 1']);
    await harness.gateway.store.database
      .em()
      .nativeUpdate(alertGroupSchema, { tenantId: tenant.id }, { status: AlertStatus.SUPPRESSED });
    const kept = await harness.raise(tenant, 'quiet');
    await vi.waitFor(async () =>
      expect(await harness.trail(tenant, kept)).toEqual({ quiet: { outcome: 'SUPPRESSED' } }),
    );
  });

  it('answers as before for the alerts of an episode when another has followed', async () => {
    const tenant = await harness.tenant('Episodes');
    const sink = await harness.sink(tenant, 'switched');
    const set = (isEnabled: boolean) =>
      tenant.read(
        'mutation ($id: ID!, $input: UpdateEventSinkInput!) { updateEventSink(id: $id, input: $input) { id } }',
        {
          id: sink,
          input: { isEnabled },
        },
      );
    const outcomes: string[] = [];
    const raised: string[] = [];
    for (const isEnabled of [true, true, false, false, true]) {
      await set(isEnabled);
      const id = await harness.raise(tenant, 'switched');
      await vi.waitFor(async () =>
        expect((await harness.trail(tenant, id)).switched?.outcome).not.toBe('NOT_YET_ROUTED'),
      );
      raised.push(id);
    }
    for (const id of raised) outcomes.push((await harness.trail(tenant, id)).switched?.outcome ?? '');
    expect(outcomes).toEqual(['TOLD', 'GATHERED', 'SINK_OFF', 'SINK_OFF', 'GATHERED']);
    const rows = await harness.gateway.store.database.read(
      'select outcome, count from notification_episode where sink_id = ? order by from_alert',
      [sink],
    );
    expect(rows).toEqual([
      { outcome: 'TOLD', count: 1 },
      { outcome: 'GATHERED', count: 1 },
      { outcome: 'SINK_OFF', count: 2 },
      { outcome: 'GATHERED', count: 1 },
    ]);
  });
});

describe('a server that starts again', () => {
  it('tells of what came in and was gathered before, and nothing twice', async () => {
    const tenant = await harness.tenant('Restart');
    await harness.sink(tenant, 'restart');
    await harness.raise(tenant, 'restart', 7, 5);
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'GATHERING DIGEST 4 0']);
    await harness.gateway.stop();
    harness.clock.nowMs += 10 * minute;
    await harness.gateway.restart();
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED DIGEST 4 1']);
    expect(harness.posts('restart')).toHaveLength(2);
  });
});
