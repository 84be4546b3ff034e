import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';
import type { AlertSeverity } from '../ipc-contract.ts';
import type { FollowedAlert, OpenCounts } from './alert.ts';
import { acknowledgeGroup, alertRaised, groupVersion, newestAlerts, openGroups } from './operations.ts';

/** A group that nobody has looked at yet, for the tray. */
export interface OpenGroup {
  readonly id: string;
  readonly title: string;
  readonly severity: AlertSeverity;
  readonly count: number;
}

/** Where the feed was left: what a later run resumes from. */
export interface FeedPosition {
  /** Undefined until the first alert came. */
  readonly cursor: string | undefined;
  /** The newest alert known then, for a feed without a cursor. */
  readonly newestId: number | undefined;
}

export interface FeedListener {
  readonly onAlert: (alert: FollowedAlert) => void;
  /** The server left out so many alerts. */
  readonly onMissed: (alerts: number) => void;
  readonly onOpenGroups: (counts: OpenCounts, latest: readonly OpenGroup[]) => void;
  /** Whether the feed is followed: `false` while the server cannot be reached. */
  readonly onLink: (isLive: boolean) => void;
}

export interface FeedTimes {
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** How often the open groups are counted, and how soon after an alert. */
  readonly countEveryMs: number;
  readonly countAfterMs: number;
}

const feedTimes: FeedTimes = { firstRetryMs: 250, longestRetryMs: 5_000, countEveryMs: 10_000, countAfterMs: 400 };
const pingMs = 10_000;
/** How far back a feed without a cursor looks for what it missed. */
const mostMissed = 200;
const rememberedIds = 1_000;

interface RawAlert extends Omit<FollowedAlert, 'groupId'> {
  readonly group: { readonly id: string };
}

type Raised = { alertRaised: { cursor: string; alert: RawAlert | null; gap: { missed: number } | null } };
type Open = Readonly<Record<AlertSeverity, { totalCount: number }>> & { latest: { nodes: OpenGroup[] } };
type Version = { alertGroups: { nodes: { version: number; status: string }[] } };

/** Before anything is known of a server. */
export const nowhere: FeedPosition = { cursor: undefined, newestId: undefined };

/**
 * Follows the alerts of one server for the tray and for notifications, over a connection of its own, whether or not there is a
 * window. After a break it resumes behind the last cursor: nothing is missed, nothing comes twice.
 */
export class GatewayFeed {
  readonly #listener: FeedListener;
  readonly #times: FeedTimes;
  #target: { readonly url: string; readonly token: string } | undefined;
  #client: Client | undefined;
  #position: FeedPosition = nowhere;
  #retry: NodeJS.Timeout | undefined;
  #count: NodeJS.Timeout | undefined;
  #failures = 0;
  #delivered = new Set<string>();
  #isLive = false;
  #isCountSoon = false;

  constructor(listener: FeedListener, times: Partial<FeedTimes> = {}) {
    this.#listener = listener;
    this.#times = { ...feedTimes, ...times };
  }

  get position(): FeedPosition {
    return this.#position;
  }

  /** Follows the server at `url` until `stop`, from `position` where one is given, else from where it was. */
  follow(url: string, token: string, position?: FeedPosition): void {
    this.stop();
    if (position) {
      this.#position = position;
      this.#delivered = new Set();
    }
    this.#target = { url, token };
    this.#failures = 0;
    this.#open();
  }

  stop(): void {
    this.#target = undefined;
    this.#close();
  }

  /** Takes a group on; throws, with the server's words, when it does not let us. */
  async acknowledge(groupId: string): Promise<void> {
    const found = await this.#ask<Version>(groupVersion, { id: groupId });
    const [group] = found.alertGroups.nodes;
    if (group?.status !== 'NEW') return;
    await this.#ask(acknowledgeGroup, { id: groupId, version: group.version });
    await this.#countOpen();
  }

  #open(): void {
    if (!this.#target) return;
    const { url, token } = this.#target;
    const client = createClient({
      url: `${url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      // A connection that dies ends the feed, which then resumes from its cursor; a silent retry would begin where it began.
      retryAttempts: 0,
      keepAlive: pingMs,
    });
    this.#client = client;
    const { cursor } = this.#position;
    const lose = () => this.#lose(client);
    client.subscribe<Raised>(
      { query: alertRaised, variables: { after: cursor ?? null } },
      {
        next: ({ data, errors }) => {
          if (this.#client !== client) return;
          if (data && !errors) this.#take(data.alertRaised);
          else lose();
        },
        error: (cause) => {
          // A cursor of a database that is no longer there: it was restored, or is another one.
          if (this.#client === client && isBadCursor(cause)) this.#position = nowhere;
          lose();
        },
        complete: lose,
      },
    );
    void this.#begin(client, cursor === undefined).catch(lose);
  }

  /** Shows that the server answers, and without a cursor what is newest there: all that is newer than what was newest before was missed. */
  async #begin(client: Client, anew: boolean): Promise<void> {
    if (anew) {
      const { newestId } = this.#position;
      const first = newestId === undefined ? 1 : mostMissed;
      const { alerts } = await this.#ask<{ alerts: { nodes: RawAlert[] } }>(newestAlerts, { first });
      if (this.#client !== client) return;
      const missed = alerts.nodes.filter(({ id }) => newestId !== undefined && Number(id) > newestId);
      for (const alert of missed.sort((a, b) => Number(a.id) - Number(b.id))) this.#deliver(alert);
      this.#noteNewest(Math.max(0, ...alerts.nodes.map(({ id }) => Number(id))));
    }
    await this.#countOpen();
    if (this.#client !== client) return;
    this.#failures = 0;
    this.#become(true);
  }

  #take({ cursor, alert, gap }: Raised['alertRaised']): void {
    this.#position = { ...this.#position, cursor };
    if (gap) this.#listener.onMissed(gap.missed);
    if (!alert) return;
    this.#deliver(alert);
    this.#countSoon();
  }

  #deliver({ group, ...alert }: RawAlert): void {
    if (this.#delivered.has(alert.id)) return;
    this.#delivered.add(alert.id);
    if (this.#delivered.size > rememberedIds) this.#delivered.delete(this.#delivered.values().next().value ?? '');
    this.#noteNewest(Number(alert.id));
    const { id, severity, title, receivedAt, agentName } = alert;
    const { sourceIp = null, destinationIp = null, hostname = null } = alert;
    this.#listener.onAlert({
      ...{ id, severity, title, receivedAt, agentName, sourceIp, destinationIp, hostname },
      groupId: group.id,
    });
  }

  #noteNewest(id: number): void {
    if (id <= (this.#position.newestId ?? -1)) return;
    this.#position = { ...this.#position, newestId: id };
  }

  async #countOpen(): Promise<void> {
    const { latest, ...counts } = await this.#ask<Open>(openGroups, {});
    const numbers = Object.entries(counts).map(([severity, { totalCount }]) => [severity, totalCount]);
    this.#listener.onOpenGroups(Object.fromEntries(numbers) as OpenCounts, latest.nodes);
    if (!this.#isCountSoon) this.#countIn(this.#times.countEveryMs);
  }

  /** Alerts that come together are counted together. */
  #countSoon(): void {
    if (this.#isCountSoon) return;
    this.#isCountSoon = true;
    this.#countIn(this.#times.countAfterMs);
  }

  #countIn(ms: number): void {
    clearTimeout(this.#count);
    const client = this.#client;
    this.#count = setTimeout(() => {
      this.#isCountSoon = false;
      if (client && client === this.#client) this.#countOpen().catch(() => this.#lose(client));
    }, ms);
  }

  #ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
    const client = this.#client;
    return new Promise((resolve, reject) => {
      if (!client) return reject(new Error('There is no connection to the server'));
      let answer: Data | undefined;
      client.subscribe<Data>(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (errors) reject(new Error(errors[0]?.message));
            else answer = data ?? undefined;
          },
          error: (cause) => reject(new Error(Array.isArray(cause) ? cause[0]?.message : 'The connection was lost')),
          complete: () => (answer === undefined ? reject(new Error('There was no answer')) : resolve(answer)),
        },
      );
    });
  }

  #lose(client: Client): void {
    if (this.#client !== client) return;
    this.#close();
    const delay = Math.min(this.#times.firstRetryMs * 2 ** this.#failures, this.#times.longestRetryMs);
    this.#failures += 1;
    this.#retry = setTimeout(() => this.#open(), delay);
  }

  #close(): void {
    const client = this.#client;
    this.#client = undefined;
    clearTimeout(this.#retry);
    clearTimeout(this.#count);
    this.#isCountSoon = false;
    // Closing what never opened fails, and there is nobody left to tell.
    void Promise.resolve(client?.dispose()).catch(() => {});
    this.#become(false);
  }

  #become(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    this.#listener.onLink(isLive);
  }
}

/** A subscription without other arguments can be called wrongly by its cursor alone. */
function isBadCursor(cause: unknown): boolean {
  const [error] = Array.isArray(cause) ? cause : [];
  return Object(Object(error).extensions).code === 'BAD_USER_INPUT';
}
