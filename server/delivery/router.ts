import { AlertStatus } from '../../schema/alert-group/alert-group.enum.ts';
import type { Logger } from '../log.ts';
import type { AlertService, AlertStep } from '../modules/alert/alert.service.ts';
import { letsThrough } from '../modules/event-sink/event-sink.filter.ts';
import type { EventSinkService, RoutableSink } from '../modules/event-sink/event-sink.service.ts';
import { silences } from '../modules/silence/silence.filter.ts';
import type { SilenceInForce, SilenceService } from '../modules/silence/silence.service.ts';
import { uuidV7 } from '../uuid-v7.ts';
import { Alarm, type AlarmClock } from './alarm.ts';
import { isOfOwnFailure } from './failing-sinks.ts';
import type { RoutingOutlook, RoutingRepository } from './routing.repository.ts';
import { type Refusal, type RoutedAlert, Routing } from './routing.ts';

export interface RouterParts extends AlarmClock {
  readonly repository: RoutingRepository;
  readonly alerts: AlertService;
  readonly sinks: EventSinkService;
  readonly silences: SilenceService;
  readonly log: Logger;
  /** Deliveries were made or queued. */
  readonly onRouted: () => Promise<void>;
}

/** Alerts routed in one transaction. */
const batchSize = 300;
/** While alerts come in all the time, the router rests so long between its turns, in milliseconds: they are routed together. */
const restMs = 10;
/** The same while nobody is to be told: only a sink made meanwhile is looked for. */
const idleRestMs = 1000;
/** Steps of the feed that concern no sink: from so many on it is worth a transaction to be past them. */
const idleSteps = 2000;
const afterFailureMs = 5000;

/**
 * Follows the feed from a cursor of its own, and decides of every alert who is told of it: at once, with others later, or not at all and
 * why not. The cursor moves in the transaction that writes the decisions, so each alert is routed exactly once, whoever dies when.
 */
export class Router {
  readonly #parts: RouterParts;
  readonly #alarm: Alarm;
  #turn: Promise<void> | undefined;
  #isStale = false;
  #isClosed = false;
  /** While there are none, nobody reads the feed for them. */
  #areSinks = true;
  #rest: NodeJS.Timeout | undefined;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    this.#alarm = new Alarm(parts, () => this.look());
  }

  /** The feed has grown, or may have. */
  wake(): void {
    this.#isStale = true;
    if (this.#turn || this.#rest || this.#isClosed) return;
    void this.look();
  }

  /** Routes all there is, and queues the digests that are due; never rejects. */
  async look(): Promise<void> {
    while (this.#turn) await this.#turn;
    if (this.#isClosed) return;
    this.#turn = this.#takeTurn().finally(() => {
      this.#turn = undefined;
      if (!this.#isStale || this.#isClosed) return;
      this.#rest ??= setTimeout(
        () => {
          this.#rest = undefined;
          void this.look();
        },
        this.#areSinks ? restMs : idleRestMs,
      );
    });
    await this.#turn;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#rest);
    this.#alarm.close();
    await this.#turn;
  }

  async #takeTurn(): Promise<void> {
    this.#isStale = false;
    try {
      let outlook = await this.#parts.repository.outlook();
      while (!this.#isClosed && (await this.#advance(outlook))) outlook = await this.#parts.repository.outlook();
      if (outlook.digestDueAt !== null) this.#alarm.setTo(outlook.digestDueAt);
    } catch (cause) {
      this.#parts.log.error(
        { err: cause },
        'Alerts could not be routed to the sinks; the router tries again in a moment',
      );
      this.#alarm.setTo(this.#parts.now() + afterFailureMs);
    }
  }

  /** One transaction; false when there is nothing more to do, or another node does it. */
  async #advance({ cursor, head, digestDueAt }: RoutingOutlook): Promise<boolean> {
    const { repository, alerts, sinks, now, onRouted } = this.#parts;
    const steps = cursor < head && this.#areSinks ? (await alerts.stepsAfter(cursor, batchSize, null)).steps : [];
    // After the steps: a sink that was made before an alert came in is among these.
    const routable = await sinks.routable();
    const isFirst = !this.#areSinks && routable.length > 0;
    this.#areSinks = routable.length > 0;
    if (isFirst) return true;
    const at = now();
    const isDigestDue = digestDueAt !== null && digestDueAt <= at;
    // A batch that is full says nothing of what lies behind it; one that is not covers all that was there when the head was read.
    const to = steps.length < batchSize ? Math.max(head, steps.at(-1)?.cursor ?? 0) : (steps.at(-1)?.cursor ?? head);
    if (steps.length === 0 && !isDigestDue && head - cursor < idleSteps) return false;
    const byTenant = Map.groupBy(routable, ({ tenantId }) => tenantId);
    const concerned = steps.filter(({ alert }) => byTenant.has(alert.tenantId));
    const held = await this.#silencesOf(concerned, at);
    const batch = {
      from: cursor,
      to,
      groupIds: [...new Set(concerned.map(({ alert }) => alert.groupId))],
      limitedSinks: routable.filter(({ maxPerHour }) => maxPerHour !== null).map(({ id }) => id),
      now: at,
    };
    const byId = new Map(routable.map((sink) => [sink.id, sink]));
    const routed = await repository.advance(batch, (memory) => {
      const routing = new Routing(memory, at, () => uuidV7(at));
      routing.seal((sinkId) => byId.get(sinkId));
      for (const step of concerned) {
        for (const sink of byTenant.get(step.alert.tenantId) ?? []) {
          route(routing, sink, step, held.get(step.alert.tenantId) ?? [], at);
        }
      }
      return routing;
    });
    if (routed === null) return false;
    if (routed.news.size > 0) await onRouted();
    return steps.length === batchSize || isDigestDue;
  }

  async #silencesOf(steps: readonly AlertStep[], at: number): Promise<Map<string, readonly SilenceInForce[]>> {
    const held = new Map<string, readonly SilenceInForce[]>();
    for (const tenantId of new Set(steps.map(({ alert }) => alert.tenantId))) {
      held.set(tenantId, await this.#parts.silences.inForce(tenantId, at));
    }
    return held;
  }
}

function route(
  routing: Routing,
  sink: RoutableSink,
  step: AlertStep,
  held: readonly SilenceInForce[],
  at: number,
): void {
  const { alert } = step;
  const routed: RoutedAlert = { ...alert, receivedAt: alert.receivedAt.getTime() };
  // A sink is told of nothing that came before it.
  if (routed.receivedAt < sink.createdAt.getTime()) return;
  const refusal = refusalOf(sink, step, held, at);
  if (refusal) routing.refuse(sink, routed, refusal);
  else routing.tell(sink, routed);
}

function refusalOf(
  sink: RoutableSink,
  { alert, status }: AlertStep,
  held: readonly SilenceInForce[],
  at: number,
): Refusal | undefined {
  if (!sink.isEnabled) return { outcome: 'SINK_OFF' };
  if (isOfOwnFailure(alert, sink.id)) return { outcome: 'OWN_FAILURE' };
  if (alert.severity < sink.minSeverity) return { outcome: 'BELOW_THRESHOLD' };
  if (!letsThrough(sink.filter, alert)) return { outcome: 'FILTERED' };
  if (status === AlertStatus.SUPPRESSED) return { outcome: 'SUPPRESSED' };
  const silence = held.find((each) => silences(each, alert, at));
  return silence && { outcome: 'SILENCED', silenceId: silence.id };
}
