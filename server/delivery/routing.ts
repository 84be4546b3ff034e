import type { NotificationReason } from './notification.ts';

/** A delivery as the router makes it and changes it, until it is queued. Times are epoch milliseconds. */
export interface RoutedDelivery {
  readonly id: string;
  readonly number: number;
  readonly tenantId: string;
  readonly sinkId: string;
  readonly groupId: string;
  readonly createdAt: number;
  reason: Exclude<NotificationReason, 'TEST'>;
  status: 'GATHERING' | 'QUEUED';
  alertId: number;
  alertCount: number;
  severity: number;
  dueAt: number;
  toldAt: number | null;
}

/** What became of an alert for a sink. */
export type EpisodeOutcome =
  | 'TOLD'
  | 'GATHERED'
  | 'RATE_LIMITED'
  | 'BELOW_THRESHOLD'
  | 'FILTERED'
  | 'SILENCED'
  | 'SUPPRESSED'
  | 'SINK_OFF'
  | 'OWN_FAILURE';

/** Consecutive alerts of a group of which a sink was told, or not told, for the same reason. */
export interface Episode {
  readonly outcome: EpisodeOutcome;
  readonly deliveryId: string | null;
  readonly silenceId: string | null;
  readonly fromAlert: number;
  readonly firstAt: number;
  toAlert: number;
  count: number;
  lastAt: number;
}

/** Where a sink stands with a group of alerts. */
export interface SinkGroup {
  readonly tenantId: string;
  readonly groupId: string;
  readonly sinkId: string;
  /** The worst severity that the sink was told of; null: it knows nothing of the group. */
  toldSeverity: number | null;
  toldAt: number | null;
  gathering: RoutedDelivery | null;
  episode: Episode | null;
}

/** What routing must know of a sink. */
export interface Limits {
  readonly id: string;
  readonly digestSeconds: number;
  readonly maxPerHour: number | null;
}

/** What it must know of an alert. */
export interface RoutedAlert {
  readonly id: number;
  readonly tenantId: string;
  readonly groupId: string;
  readonly severity: number;
  readonly receivedAt: number;
}

/** Why a sink is not to be told of an alert. */
export interface Refusal {
  readonly outcome: Exclude<EpisodeOutcome, 'TOLD' | 'GATHERED' | 'RATE_LIMITED'>;
  readonly silenceId?: string;
}

/** Of what a batch changes: memory is what is stored of the groups concerned, and when limited sinks were told of late. */
export interface RoutingMemory {
  readonly states: readonly SinkGroup[];
  readonly toldTimes: ReadonlyMap<string, number[]>;
  readonly lastNumber: number;
}

const hourMs = 3_600_000;

/** Works out, in memory, what a batch of alerts comes to; what it changed is written in one transaction. */
export class Routing {
  readonly deliveries = new Set<RoutedDelivery>();
  readonly made: RoutedDelivery[] = [];
  readonly states = new Set<SinkGroup>();
  readonly episodes = new Map<Episode, SinkGroup>();
  /** Deliveries that were made, or queued, and so are news. */
  readonly news = new Set<RoutedDelivery>();
  readonly #known: Map<string, SinkGroup>;
  readonly #toldTimes: Map<string, number[]>;
  readonly #now: number;
  readonly #newId: () => string;
  #lastNumber: number;

  constructor({ states, toldTimes, lastNumber }: RoutingMemory, now: number, newId: () => string) {
    this.#known = new Map(states.map((state) => [keyOf(state.sinkId, state.groupId), state]));
    this.#toldTimes = new Map([...toldTimes].map(([sinkId, times]) => [sinkId, [...times]]));
    this.#lastNumber = lastNumber;
    this.#now = now;
    this.#newId = newId;
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** Queues what was gathered and is due, or puts it off to when the sink's limit lets it through. */
  seal(limitsOf: (sinkId: string) => Limits | undefined): void {
    for (const state of this.#known.values()) {
      const { gathering } = state;
      if (gathering === null || gathering.dueAt > this.#now) continue;
      const limits = limitsOf(state.sinkId);
      const freeAt = limits ? this.#freeAt(limits) : this.#now;
      if (freeAt <= this.#now) this.#queue(state, gathering);
      else gathering.dueAt = freeAt;
      this.deliveries.add(gathering);
    }
  }

  /** Notes that a sink is not told of an alert. */
  refuse(sink: Limits, alert: RoutedAlert, { outcome, silenceId }: Refusal): void {
    this.#note(this.#state(sink, alert), alert, outcome, null, silenceId ?? null);
  }

  /** A sink is to be told of an alert: now, or with others later. */
  tell(sink: Limits, alert: RoutedAlert): void {
    const state = this.#state(sink, alert);
    const isWorse = state.toldSeverity !== null && alert.severity > state.toldSeverity;
    const digestAt = state.toldAt === null ? this.#now : state.toldAt + sink.digestSeconds * 1000;
    const isDue = isWorse || digestAt <= this.#now;
    const freeAt = isDue ? this.#freeAt(sink) : this.#now;
    const delivery = state.gathering ?? this.#open(state, digestAt);
    delivery.alertId = alert.id;
    delivery.alertCount += 1;
    delivery.severity = Math.max(delivery.severity, alert.severity);
    if (isWorse) delivery.reason = 'ESCALATED';
    this.deliveries.add(delivery);
    const outcome = !isDue ? 'GATHERED' : freeAt <= this.#now ? 'TOLD' : 'RATE_LIMITED';
    if (outcome === 'TOLD') this.#queue(state, delivery);
    if (outcome === 'RATE_LIMITED') delivery.dueAt = freeAt;
    this.#note(state, alert, outcome, delivery.id, null);
  }

  #state(sink: Limits, { tenantId, groupId }: RoutedAlert): SinkGroup {
    const key = keyOf(sink.id, groupId);
    let state = this.#known.get(key);
    if (!state) {
      state = { tenantId, groupId, sinkId: sink.id, toldSeverity: null, toldAt: null, gathering: null, episode: null };
      this.#known.set(key, state);
    }
    return state;
  }

  #open(state: SinkGroup, dueAt: number): RoutedDelivery {
    const delivery: RoutedDelivery = {
      id: this.#newId(),
      number: ++this.#lastNumber,
      tenantId: state.tenantId,
      sinkId: state.sinkId,
      groupId: state.groupId,
      createdAt: this.#now,
      reason: state.toldAt === null ? 'NEW' : 'DIGEST',
      status: 'GATHERING',
      alertId: 0,
      alertCount: 0,
      severity: 0,
      dueAt,
      toldAt: null,
    };
    state.gathering = delivery;
    this.states.add(state);
    this.made.push(delivery);
    this.news.add(delivery);
    return delivery;
  }

  #queue(state: SinkGroup, delivery: RoutedDelivery): void {
    delivery.status = 'QUEUED';
    delivery.dueAt = this.#now;
    delivery.toldAt = this.#now;
    state.gathering = null;
    state.toldAt = this.#now;
    state.toldSeverity = Math.max(state.toldSeverity ?? 0, delivery.severity);
    this.#toldTimes.get(state.sinkId)?.push(this.#now);
    this.states.add(state);
    this.news.add(delivery);
  }

  /** When the sink's limit lets the next one through: now, or when one of the last hour is an hour old. */
  #freeAt({ id, maxPerHour }: Limits): number {
    if (maxPerHour === null) return this.#now;
    const times = this.#toldTimes.get(id) ?? [];
    this.#toldTimes.set(id, times);
    const inTheWay = times[times.length - maxPerHour];
    return inTheWay === undefined ? this.#now : Math.max(inTheWay + hourMs, this.#now);
  }

  #note(
    state: SinkGroup,
    alert: RoutedAlert,
    outcome: EpisodeOutcome,
    deliveryId: string | null,
    silenceId: string | null,
  ): void {
    const { episode } = state;
    const goesOn = episode?.outcome === outcome && episode.deliveryId === deliveryId && episode.silenceId === silenceId;
    if (episode && goesOn) {
      episode.toAlert = alert.id;
      episode.count += 1;
      episode.lastAt = alert.receivedAt;
      this.episodes.set(episode, state);
      return;
    }
    const begun: Episode = {
      outcome,
      deliveryId,
      silenceId,
      fromAlert: alert.id,
      toAlert: alert.id,
      count: 1,
      firstAt: alert.receivedAt,
      lastAt: alert.receivedAt,
    };
    state.episode = begun;
    this.states.add(state);
    this.episodes.set(begun, state);
  }
}

function keyOf(sinkId: string, groupId: string): string {
  return `${sinkId} ${groupId}`;
}
