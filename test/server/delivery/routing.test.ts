import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeliveryHarness, openDeliveries } from './open-delivery.ts';

let harness: DeliveryHarness;
const minute = 60_000;

beforeAll(async () => {
  harness = await openDeliveries(() => ({ status: 204 }));
});

afterAll(() => harness[Symbol.asyncDispose]());

describe('a storm of 1,000 alerts that are alike', () => {
  it('is told of three times at most, with the true count', async () => {
    const tenant = await harness.tenant('Storm');
    await harness.sink(tenant, 'storm');
    for (let batch = 0; batch < 10; batch++) await harness.raise(tenant, 'storm', 7, 100);
    await harness.until(tenant, ['DELIVERED NEW 1 1', 'GATHERING DIGEST 999 0']);
    await harness.clock.pass(5 * minute);
    const [first, digest] = await harness.until(tenant, ['DELIVERED NEW 1 1', 'DELIVERED DIGEST 999 1']);
    expect(harness.posts('storm')).toEqual([first?.id, digest?.id]);
    const { alerts } = await tenant.read('{ alerts { totalCount } }');
    expect(alerts.totalCount).toBe(1000);
  });
});
