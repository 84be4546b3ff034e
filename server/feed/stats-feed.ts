import type { StatsTick } from '../../schema/live/stats-tick.type.ts';
import type { Principal } from '../context.ts';
import { Unauthenticated } from '../errors.ts';
import type { Pulse, StatsService } from '../modules/live/stats.service.ts';
import type { FeedParts } from './topic-feed.ts';

/** The time between two ticks, in milliseconds. */
export const tickMs = 2000;

interface Listener {
  readonly principal: Principal;
  give(tick: StatsTick | undefined): void;
}

/** A tenant that is listened to. */
interface Heard {
  readonly pulse: Pulse;
  readonly listeners: Set<Listener>;
  latest: StatsTick | undefined;
}

/**
 * The ticks of each tenant that anybody listens to: counted once, however many listen. Whoever comes gets the latest at once; a slow
 * client gets the latest only.
 */
export class StatsFeed {
  readonly #stats: StatsService;
  readonly #parts: FeedParts;
  readonly #tenants = new Map<string, Heard>();

  constructor(stats: StatsService, parts: FeedParts) {
    this.#stats = stats;
    this.#parts = parts;
  }

  follow(principal: Principal): AsyncIterableIterator<StatsTick> {
    const ticks = new Ticks(principal, this.#parts.isActive, () => this.#leave(ticks));
    const { tenantId } = principal;
    const known = this.#tenants.get(tenantId);
    const tenant = known ?? { pulse: this.#stats.pulseOf(tenantId), listeners: new Set<Listener>(), latest: undefined };
    this.#tenants.set(tenantId, tenant);
    tenant.listeners.add(ticks);
    this.#parts.metrics.subscribers.inc();
    if (tenant.latest) ticks.give(tenant.latest);
    else if (!known) void this.#tell(tenant);
    return ticks;
  }

  /** Has every tenant that is listened to counted, and tells. */
  async tick(): Promise<void> {
    await Promise.all([...this.#tenants.values()].map((tenant) => this.#tell(tenant)));
  }

  close(): void {
    for (const { listeners } of this.#tenants.values()) for (const listener of listeners) listener.give(undefined);
  }

  async #tell(tenant: Heard): Promise<void> {
    try {
      const tick = await tenant.pulse.tick();
      tenant.latest = tick;
      for (const listener of tenant.listeners) listener.give(tick);
    } catch (cause) {
      this.#parts.log.error({ err: cause }, 'How a tenant fares could not be counted; the next tick tries again');
    }
  }

  #leave(listener: Listener): void {
    const { tenantId } = listener.principal;
    const listeners = this.#tenants.get(tenantId)?.listeners;
    if (listeners?.delete(listener)) this.#parts.metrics.subscribers.dec();
    if (listeners?.size === 0) this.#tenants.delete(tenantId);
  }
}

/** One listener's place: the latest tick that it has not been given. */
class Ticks implements AsyncIterableIterator<StatsTick>, Listener {
  readonly principal: Principal;
  readonly #isActive: FeedParts['isActive'];
  readonly #leave: () => void;
  #latest: StatsTick | undefined;
  #isClosed = false;
  #wake: (() => void) | undefined;

  constructor(principal: Principal, isActive: FeedParts['isActive'], leave: () => void) {
    this.principal = principal;
    this.#isActive = isActive;
    this.#leave = leave;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** A tick to come; undefined: none will. */
  give(tick: StatsTick | undefined): void {
    this.#latest = tick;
    this.#isClosed ||= tick === undefined;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<StatsTick, undefined>> {
    while (!this.#isClosed && this.#latest === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (!this.#isClosed && !this.#isActive(this.principal)) {
      await this.return();
      throw new Unauthenticated('The credential has been revoked');
    }
    const value = this.#latest;
    this.#latest = undefined;
    return this.#isClosed || value === undefined ? this.return() : { done: false, value };
  }

  async return(): Promise<IteratorResult<StatsTick, undefined>> {
    this.#leave();
    this.#isClosed = true;
    this.#wake?.();
    return { done: true, value: undefined };
  }
}
