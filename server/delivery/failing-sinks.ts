import { EventFormat } from '../../schema/event/event-format.enum.ts';
import { IntakeKind } from '../../schema/intake/intake.enum.ts';
import { Severity } from '../../schema/severity.enum.ts';
import { ownPrincipal } from '../context.ts';
import { fingerprintOf } from '../ingest/alert-rows.ts';
import { type Draft, nothingElse, nowhere } from '../ingest/draft.ts';
import type { Logger } from '../log.ts';
import type { AlertNode } from '../modules/alert/alert.node.ts';
import type { TriageService } from '../modules/alert-group/triage.service.ts';
import type { EventSinkService } from '../modules/event-sink/event-sink.service.ts';
import type { IngestService } from '../modules/ingest/ingest.service.ts';
import type { IntakeService } from '../modules/intake/intake.service.ts';
import type { SinkHealth } from './breaker.ts';
import type { DispatchRepository, FailingSink, FinishedDelivery } from './dispatch.repository.ts';

export interface FailingSinksParts {
  readonly repository: DispatchRepository;
  readonly sinks: EventSinkService;
  readonly ingest: IngestService;
  readonly intakes: IntakeService;
  readonly triage: TriageService;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

const alertType = 'failing-sink';

/**
 * Tells of sinks that fail, as events of Tocsin's own: one alert an outage, which begins with a dead letter or an open breaker and ends
 * with the first delivery that is taken again. Other sinks are told of it like of any alert.
 */
export class FailingSinks {
  readonly #parts: FailingSinksParts;

  constructor(parts: FailingSinksParts) {
    this.#parts = parts;
  }

  /** Raises alerts that a process which died in between may not have; those that were raised are known by their mark. */
  async open(): Promise<void> {
    for (const sink of await this.#parts.repository.failing()) await this.#raise(sink, null);
  }

  /** The health with the beginning of an outage noted, where these ends are one. */
  mark(before: SinkHealth, after: SinkHealth, ended: readonly FinishedDelivery[]): SinkHealth {
    const isDead = ended.some(({ status, attempt }) => status === 'DEAD' && attempt.result !== 'UNSENT');
    const hasOpened = before.openUntil === null && after.openUntil !== null;
    if (after.failingSince !== null || !(isDead || hasOpened)) return after;
    return { ...after, failingSince: this.#parts.now() };
  }

  /** Raises or resolves the alerts of sinks whose health has changed so; what fails is logged. */
  async tell(
    written: readonly FinishedDelivery[],
    healths: ReadonlyMap<string, { readonly before: SinkHealth; readonly after: SinkHealth }>,
  ): Promise<void> {
    for (const [sinkId, { before, after }] of healths) {
      const ofSink = written.filter(({ delivery }) => delivery.sinkId === sinkId);
      const tenantId = ofSink[0]?.delivery.tenantId;
      if (tenantId === undefined || before.failingSince === after.failingSince) continue;
      const error = ofSink.findLast(({ attempt }) => attempt.error !== null)?.attempt.error ?? null;
      if (after.failingSince !== null) await this.#raise({ sinkId, tenantId, since: after.failingSince }, error);
      else await this.#resolve(tenantId, sinkId);
    }
  }

  async #raise(failing: FailingSink, error: string | null): Promise<void> {
    const { sinks, ingest, intakes, log } = this.#parts;
    try {
      const sink = (await sinks.routable()).find(({ id }) => id === failing.sinkId);
      if (!sink) return;
      const intake = await intakes.findOrCreate(failing.tenantId, 'Tocsin', IntakeKind.INTERNAL);
      // An alert of the server's own is one whatever the tenant's threshold is.
      const principal = ownPrincipal('tocsin', failing.tenantId, intake.id, Severity.INFORMATIONAL);
      const raw = JSON.stringify({
        kind: alertType,
        sink: { id: sink.id },
        since: new Date(failing.since).toISOString(),
      });
      const draft = draftOf(failing, sink.name, error);
      await ingest.ingest({ format: () => draft, events: [raw], raw: [raw] }, principal);
    } catch (cause) {
      log.error({ err: cause }, 'That a sink fails could not be told');
    }
  }

  async #resolve(tenantId: string, sinkId: string): Promise<void> {
    const { triage, log } = this.#parts;
    const fingerprint = fingerprintOf(draftOf({ sinkId, tenantId, since: 0 }, '', null));
    await triage
      .resolve(tenantId, fingerprint)
      .catch((cause: Error) => log.error({ err: cause }, 'The alert of a sink that works again could not be resolved'));
  }
}

/** Whether the alert tells of this very sink that it fails: there is no use in telling it so. */
export function isOfOwnFailure(alert: AlertNode, sinkId: string): boolean {
  return alert.format === EventFormat.TOCSIN && alert.type === alertType && alert.agent === sinkId;
}

function draftOf({ sinkId, since }: FailingSink, name: string, error: string | null): Draft {
  const reason = error === null ? '' : ` The last attempt: ${error}.`;
  return {
    format: EventFormat.TOCSIN,
    occurredAt: since,
    host: null,
    app: 'tocsin',
    severity: Severity.HIGH,
    title: `Sink ${name} cannot be told of alerts`,
    message: `Deliveries to the sink ${name} fail since ${new Date(since).toISOString()}.${reason}`,
    // Two nodes that notice the same outage tell of it once.
    externalId: `${alertType} ${sinkId} ${since}`,
    type: alertType,
    rule: `${alertType} ${sinkId}`,
    agent: sinkId,
    agentName: name,
    source: nowhere,
    destination: nowhere,
    observations: nothingElse,
  };
}
