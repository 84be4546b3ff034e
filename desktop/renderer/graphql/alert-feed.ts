import type { Alert, AlertRaisedData, NewestAlertsData } from './alert.ts';
import type { GatewayClient } from './gateway-client.ts';
import { alertRaised, newestAlerts } from './operations.ts';

/** How many alerts the list starts with. */
export const firstPage = 50;

/** The most alerts that the list holds; older ones leave it at the end. */
export const mostAlerts = 200;

/** What the list shows. `lost` says that it was complete once and is not followed at the moment. */
export interface FeedSnapshot {
  readonly link: 'connecting' | 'live' | 'lost';
  /** Newest first; undefined until the list has been read for the first time. */
  readonly alerts: readonly Alert[] | undefined;
  /** Ids that arrived live, not with the list: the ones worth pointing at. */
  readonly arrived: ReadonlySet<string>;
}

export interface FeedDelays {
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
}

const feedDelays: FeedDelays = { firstRetryMs: 250, longestRetryMs: 5_000 };

/**
 * The newest alerts, kept current: read once, then followed. After a break it resumes behind the last cursor it saw, so
 * nothing is missed or shown twice; it outlives its connection, and with it a restart of the gateway.
 */
export class AlertFeed {
  readonly #delays: FeedDelays;
  readonly #listeners = new Set<() => void>();
  #snapshot: FeedSnapshot = { link: 'connecting', alerts: undefined, arrived: new Set() };
  #client: GatewayClient | undefined;
  #unsubscribe: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #cursor: string | undefined;
  /** Grows with every start and stop; what an older attempt still brings is dropped. */
  #attempt = 0;
  /** Alerts pushed since the list was last asked for. */
  #pushedMeanwhile: readonly Alert[] = [];
  #notice: ReturnType<typeof setTimeout> | undefined;

  constructor(delays: FeedDelays = feedDelays) {
    this.#delays = delays;
  }

  /** For React's useSyncExternalStore. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getSnapshot = (): FeedSnapshot => this.#snapshot;

  /** Follows the gateway behind `client` until `stop`. */
  follow(client: GatewayClient): void {
    this.stop();
    this.#client = client;
    this.#failures = 0;
    this.#open();
  }

  stop(): void {
    this.#attempt += 1;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#unsubscribe?.();
    if (this.#snapshot.link === 'live') this.#show({ link: 'lost' });
  }

  #open(): void {
    const attempt = ++this.#attempt;
    const cursor = this.#cursor;
    // Followed first and read second, on one socket: an alert in between comes twice rather than not at all.
    const pushes = this.#client?.operations
      .subscription<AlertRaisedData, { after: string | null }>(alertRaised, { after: cursor ?? null })
      .subscribe(({ data, error }) => {
        if (attempt !== this.#attempt) return;
        if (error || !data) this.#lose();
        else this.#take(data.alertRaised);
      });
    this.#unsubscribe = pushes?.unsubscribe;
    // With a cursor the feed brings all that was missed. The list is read nevertheless: its answer shows that the gateway
    // is there, while the feed itself is silent until something happens.
    void this.#read(attempt, cursor === undefined);
  }

  /** `anew` when there is no telling what was missed: then only what the answer holds is known to be without holes. */
  async #read(attempt: number, anew: boolean): Promise<void> {
    this.#pushedMeanwhile = [];
    const result = await this.#client?.operations
      .query<NewestAlertsData, { first: number }>(newestAlerts, { first: firstPage })
      .toPromise();
    if (attempt !== this.#attempt) return;
    if (result?.error || !result?.data) {
      this.#lose();
      return;
    }
    this.#failures = 0;
    const known = anew ? this.#pushedMeanwhile : (this.#snapshot.alerts ?? []);
    this.#show({ link: 'live', alerts: newest([...known, ...result.data.alerts.nodes]) });
  }

  #take({ cursor, alert, gap }: AlertRaisedData['alertRaised']): void {
    // A feed without a cursor begins when the gateway comes to it, which may have been after the list was read. The first
    // push settles where it began; whatever fell between is in the list by now.
    if (gap || this.#cursor === undefined) void this.#read(this.#attempt, gap !== null);
    this.#cursor = cursor;
    if (!alert) return;
    this.#pushedMeanwhile = newest([alert, ...this.#pushedMeanwhile]);
    if (!this.#snapshot.alerts) return;
    const alerts = newest([alert, ...this.#snapshot.alerts]);
    const { arrived } = this.#snapshot;
    const pushed = alerts.map(({ id }) => id).filter((id) => id === alert.id || arrived.has(id));
    this.#show({ alerts, arrived: new Set(pushed) });
  }

  #lose(): void {
    this.#attempt += 1;
    this.#unsubscribe?.();
    this.#show({ link: this.#snapshot.alerts ? 'lost' : 'connecting' });
    const delay = Math.min(this.#delays.firstRetryMs * 2 ** this.#failures, this.#delays.longestRetryMs);
    this.#failures += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), delay);
  }

  #show(change: Partial<FeedSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    // A resumed feed brings many alerts at once; drawing each of them would cost more than bringing them.
    this.#notice ??= setTimeout(() => {
      this.#notice = undefined;
      for (const listener of this.#listeners) listener();
    }, 16);
  }
}

/** Each alert once, the latest received first, and no more than the list holds. */
function newest(alerts: readonly Alert[]): readonly Alert[] {
  const byId = new Map(alerts.map((alert) => [alert.id, alert]));
  return [...byId.values()].sort((a, b) => Number(b.id) - Number(a.id)).slice(0, mostAlerts);
}
