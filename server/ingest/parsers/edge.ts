import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { type Draft, nothingElse, nowhere, Rejection } from '../draft.ts';
import { isObject, type Loose } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import {
  type Report,
  readBackupEvent,
  readDiscovery,
  readLog,
  readSecurityAlert,
  readTelemetry,
} from './edge-kinds.ts';

const readers: ReadonlyMap<unknown, (data: Loose) => Report> = new Map([
  ['telemetry', readTelemetry],
  ['log', readLog],
  ['security_alert', readSecurityAlert],
  ['discovery', readDiscovery],
  ['backup_event', readBackupEvent],
]);

const kinds = [...readers.keys()].join(', ');

/** A date, a time and a zone, in this order; what lies between is the timestamp reader's to judge. */
const zoned = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * Reads a report of an edge appliance: `kind` (one of five) says what `data` holds, `timestamp` is ISO 8601 with its zone. Members
 * that are not asked for are left alone, in `data` and beside it. Of the five only `security_alert` raises an alert, and always.
 */
export function parseEdge(record: unknown): Draft {
  if (!isObject(record)) throw new Rejection('an event is a JSON object with kind, timestamp and data');
  const { kind, timestamp, data } = record;
  const read = readers.get(kind);
  if (!read) throw new Rejection(`kind must be one of ${kinds}`);
  const occurredAt = typeof timestamp === 'string' && zoned.test(timestamp) ? parseTimestamp(timestamp) : undefined;
  if (occurredAt === undefined) throw new Rejection('timestamp must be ISO 8601 with Z or an offset');
  if (!isObject(data)) throw new Rejection('data must be an object');
  return {
    format: EventFormat.EDGE,
    occurredAt,
    host: null,
    app: null,
    title: null,
    // An appliance that got no answer sends the same again: with the digest of its text, this tells a resend.
    externalId: `${kind} ${timestamp}`,
    isAlert: false,
    type: String(kind),
    rule: null,
    agent: null,
    agentName: null,
    source: nowhere,
    destination: nowhere,
    observations: nothingElse,
    ...read(data),
  };
}
