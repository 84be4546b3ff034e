import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { EventSinkTest } from '../../../schema/event-sink/event-sink.type.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Notification } from '../../delivery/notification.ts';
import type { Senders } from '../../delivery/senders/senders.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import { type AlertNode, levelOf } from '../alert/alert.node.ts';
import type { EventSinkService } from './event-sink.service.ts';

const attemptMs = 15_000;
const title = 'Test of an event sink';
const message = 'Somebody has asked Tocsin to try this sink out. Nothing has happened, and nothing needs to be done.';
const type = 'tocsin.sink-test';

/** Tries sinks out, on request of their owners. */
export class SinkTestService {
  readonly #sinks: EventSinkService;
  readonly #senders: Pick<Senders, 'send'>;
  readonly #now: () => number;

  constructor(sinks: EventSinkService, senders: Pick<Senders, 'send'>, now: () => number) {
    this.#sinks = sinks;
    this.#senders = senders;
    this.#now = now;
  }

  /** Makes one attempt to tell the sink of a sample alert, whatever its rules say, and keeps how it went; throws NotFound. */
  async run(tenantId: string, id: string): Promise<EventSinkTest> {
    const target = await this.#sinks.targetIn(tenantId, id);
    const notification = sampleNotification(tenantId, this.#now());
    const outcome = await this.#senders.send(notification, target, AbortSignal.timeout(attemptMs));
    const error = outcome.result === 'DELIVERED' ? null : outcome.error;
    const test = { delivered: outcome.result === 'DELIVERED', status: outcome.status, error };
    await this.#sinks.recordTest(tenantId, id, target, test);
    return test;
  }
}

/** A notification of an alert that is stored nowhere. */
function sampleNotification(tenantId: string, nowMs: number): Notification {
  const now = new Date(nowMs);
  const severity = Severity.MEDIUM;
  const groupId = uuidV7(nowMs);
  const alert: AlertNode = {
    id: 0,
    kind: AlertKind.SERVER,
    tenantId,
    eventId: uuidV7(nowMs),
    intakeId: uuidV7(nowMs),
    format: EventFormat.TOCSIN,
    groupId,
    occurredAt: now,
    receivedAt: now,
    severity,
    level: levelOf(severity),
    type,
    title,
    message,
    agent: null,
    agentName: null,
    sourceIp: null,
    destinationIp: null,
    hostname: null,
    line: message,
  };
  return {
    id: uuidV7(nowMs),
    reason: 'TEST',
    tenantId,
    group: { id: groupId, title, type, severity, count: 1, firstSeen: now, lastSeen: now },
    alertCount: 1,
    alert,
    url: null,
  };
}
