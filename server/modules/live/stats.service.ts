import type { StatsTick } from '../../../schema/live/stats-tick.type.ts';
import type { Counts, StatsRepository } from './stats.repository.ts';

/** What takes time to count is counted for at most this share of the time. */
const countingShare = 0.1;

type Slow = Pick<StatsTick, 'openGroups' | 'waitingDeliveries'>;

interface Known {
  readonly at: number;
  readonly counts: Counts;
  readonly slow: Slow;
  /** Until when `slow` is not counted anew. */
  readonly restUntil: number;
}

/** The pulse of one tenant: each tick tells what has happened since the one before. */
export class Pulse {
  readonly #stats: StatsRepository;
  readonly #tenantId: string;
  readonly #now: () => number;
  #known: Known | undefined;

  constructor(stats: StatsRepository, tenantId: string, now: () => number) {
    this.#stats = stats;
    this.#tenantId = tenantId;
    this.#now = now;
  }

  async tick(): Promise<StatsTick> {
    const before = this.#known;
    const counts = await this.#stats.counts(this.#tenantId);
    const at = this.#now();
    const { slow, restUntil } = before && performance.now() < before.restUntil ? before : await this.#countSlow();
    this.#known = { at, counts, slow, restUntil };
    const count = (name: string) => counts.get(name) ?? 0;
    const perSecond = (name: string) => {
      const gained = count(name) - (before?.counts.get(name) ?? 0);
      return before && at > before.at ? Math.max(0, (gained * 1000) / (at - before.at)) : 0;
    };
    return {
      at: new Date(at),
      eventsPerSecond: perSecond('events'),
      alertsPerSecond: perSecond('alerts'),
      events: count('events'),
      alerts: count('alerts'),
      rejectedEvents: count('rejectedEvents'),
      devices: count('devices'),
      ...slow,
    };
  }

  async #countSlow(): Promise<{ slow: Slow; restUntil: number }> {
    const startedAt = performance.now();
    const [openGroups, waitingDeliveries] = await Promise.all([
      this.#stats.openGroups(this.#tenantId),
      this.#stats.waitingDeliveries(this.#tenantId),
    ]);
    const endedAt = performance.now();
    return { slow: { openGroups, waitingDeliveries }, restUntil: endedAt + (endedAt - startedAt) / countingShare };
  }
}

/** How tenants fare at the moment. */
export class StatsService {
  readonly #stats: StatsRepository;
  readonly #now: () => number;

  constructor(stats: StatsRepository, now: () => number) {
    this.#stats = stats;
    this.#now = now;
  }

  pulseOf(tenantId: string): Pulse {
    return new Pulse(this.#stats, tenantId, this.#now);
  }
}
