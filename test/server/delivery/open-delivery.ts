import { expect, vi } from 'vitest';
import { parseCidr } from '../../../server/cidr.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { type Answer, openReceiver, type Receiver } from '../../support/receiver.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { openTenant, type TestTenant } from '../../support/test-tenant.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

export interface Delivery {
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly alertCount: number;
  readonly nextAttemptAt: string | null;
  readonly attempts: { readonly status: number | null; readonly error: string | null; readonly at: string }[];
  readonly alert: { readonly id: string; readonly title: string } | null;
  readonly sink: { readonly name: string } | null;
}

export const deliveryFields =
  'id status reason alertCount nextAttemptAt attempts { at status error } alert { id title } sink { name }';

/** A server on a clock of its own, and somebody else's server that its sinks may post to. */
export class DeliveryHarness implements AsyncDisposable {
  readonly clock: VirtualClock;
  readonly gateway: TestGateway;
  readonly receiver: Receiver;

  constructor(clock: VirtualClock, gateway: TestGateway, receiver: Receiver) {
    this.clock = clock;
    this.gateway = gateway;
    this.receiver = receiver;
  }

  tenant(name: string): Promise<TestTenant> {
    return openTenant(this.gateway, name);
  }

  /** Makes a webhook sink; answers its id. Requests to it have the path `/<name>`. */
  async sink(tenant: TestTenant, name: string, changes: object = {}, url = this.receiver.url): Promise<string> {
    const input = { name, webhook: { url: `${url}/${name}` }, ...changes };
    const { createEventSink } = await tenant.read(
      'mutation ($input: CreateEventSinkInput!) { createEventSink(input: $input) { sink { id } } }',
      { input },
    );
    // What comes from here on comes after it.
    this.clock.nowMs += 10;
    return createEventSink.sink.id;
  }

  /** Posts an alert of a rule at a level of Wazuh's (7: medium, 12: high); answers its number. */
  async raise(tenant: TestTenant, rule: string, level = 7, count = 1): Promise<string> {
    const alerts = Array.from({ length: count }, () =>
      aWazuhAlert({ rule: { id: rule, level, description: `Rule ${rule}` } }),
    );
    await tenant.ingest(alerts);
    const { alerts: found } = await tenant.read('{ alerts(first: 1) { nodes { id } } }');
    return found.nodes[0].id;
  }

  async deliveries(tenant: TestTenant, filter: object = {}): Promise<Delivery[]> {
    const { deliveries } = await tenant.read(
      `query ($filter: DeliveryFilter) { deliveries(first: 200, filter: $filter) { nodes { ${deliveryFields} } } }`,
      { filter },
    );
    return deliveries.nodes.reverse();
  }

  /** What became of an alert, by the name of the sink. */
  async trail(
    tenant: TestTenant,
    alertId: string,
  ): Promise<Record<string, { outcome: string; deliveryId: string | undefined }>> {
    const { notificationTrail } = await tenant.read(
      'query ($id: ID!) { notificationTrail(alertId: $id) { outcome silenceId sink { name } delivery { id } } }',
      { id: alertId },
    );
    return Object.fromEntries(
      notificationTrail.map((fate: { sink: { name: string }; outcome: string; delivery: { id: string } | null }) => [
        fate.sink.name,
        { outcome: fate.outcome, deliveryId: fate.delivery?.id },
      ]),
    );
  }

  /** Waits until the tenant's deliveries are as a test wants them, each in the words `status reason alertCount attempts`. */
  async until(tenant: TestTenant, expected: readonly string[], filter: object = {}): Promise<Delivery[]> {
    return vi.waitFor(
      async () => {
        const found = await this.deliveries(tenant, filter);
        const words = found.map((each) => `${each.status} ${each.reason} ${each.alertCount} ${each.attempts.length}`);
        expect(words).toEqual(expected);
        // One of which an attempt is being made while it is read is neither here nor there.
        const isTorn = ({ status, attempts, nextAttemptAt }: Delivery) =>
          status === 'QUEUED' && attempts.length > 0 && nextAttemptAt === null;
        expect(found.filter(isTorn)).toEqual([]);
        return found;
      },
      { timeout: 10_000, interval: 10 },
    );
  }

  /** Lets time pass until the next attempt of a delivery is due, and waits for its end. */
  async nextAttempt(tenant: TestTenant, { id, nextAttemptAt, attempts }: Delivery): Promise<Delivery> {
    // In one step: what else runs by the clock would make a day last seconds.
    await this.clock.sleep(Date.parse(String(nextAttemptAt)) - this.clock.nowMs);
    return vi.waitFor(
      async () => {
        // Where the timer was set just when its time had come, it goes off a moment later.
        await this.clock.pass(1);
        const { delivery } = await tenant.read(`query ($id: ID!) { delivery(id: $id) { ${deliveryFields} } }`, { id });
        expect(delivery.attempts.length).toBe(attempts.length + 1);
        expect(delivery.status === 'QUEUED' && delivery.nextAttemptAt === null).toBe(false);
        return delivery;
      },
      { timeout: 10_000, interval: 5 },
    );
  }

  /** The ids under which a sink was posted to, in the order of arrival. */
  posts(name: string): string[] {
    return this.receiver.received
      .filter(({ path }) => path === `/${name}`)
      .map(({ headers }) => String(headers['webhook-id']));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.gateway.close();
    await this.receiver[Symbol.asyncDispose]();
  }
}

/** Ranges that sinks of tests may reach. */
export const loopback = [parseCidr('127.0.0.0/8')].flatMap((range) => range ?? []);

export async function openDeliveries(answer: Answer): Promise<DeliveryHarness> {
  const clock = new VirtualClock(Date.UTC(2026, 10, 21, 8));
  const receiver = await openReceiver(answer);
  const gateway = await startTestGateway({
    config: { sinkAllowCidrs: loopback, shutdownMs: 500 },
    now: clock.now,
    every: clock.every,
  });
  return new DeliveryHarness(clock, gateway, receiver);
}
