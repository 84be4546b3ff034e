import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { type Draft, nothingElse, nowhere, Rejection } from '../draft.ts';
import { firstHost, firstText, isObject, type Loose, storable, textOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';

const severities = new Map<string, Severity>(
  Object.entries({
    emerg: Severity.CRITICAL,
    emergency: Severity.CRITICAL,
    panic: Severity.CRITICAL,
    alert: Severity.CRITICAL,
    crit: Severity.CRITICAL,
    critical: Severity.CRITICAL,
    err: Severity.HIGH,
    error: Severity.HIGH,
    high: Severity.HIGH,
    warning: Severity.MEDIUM,
    warn: Severity.MEDIUM,
    medium: Severity.MEDIUM,
    notice: Severity.LOW,
    low: Severity.LOW,
    info: Severity.INFORMATIONAL,
    information: Severity.INFORMATIONAL,
    informational: Severity.INFORMATIONAL,
    debug: Severity.INFORMATIONAL,
  }),
);

/** RFC 5424 severities 0 (emergency) to 7 (debug). */
const numbered = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

/**
 * Reads a syslog message that its sender has already split into an object: `full_log` (or `message`) is required; `timestamp`,
 * `hostname` (or `host`), `app` (or `source`), `severity` and `id` may be there. Everything else stays in the raw text.
 */
export function parseSyslogRecord(record: unknown): Draft {
  if (!isObject(record)) throw new Rejection('an event is a JSON object');
  const line = lineOf(record);
  const app = firstText(record['app'], record['source']);
  return {
    format: EventFormat.SYSLOG_RECORD,
    occurredAt: occurredAt(record),
    host: firstHost(record['hostname'], record['host']),
    app,
    severity: severityOf(record['severity']),
    title: null,
    message: storable(line),
    externalId: textOf(record['id'], 256),
    type: app ?? 'syslog',
    rule: null,
    agent: null,
    agentName: null,
    source: nowhere,
    destination: nowhere,
    observations: nothingElse,
  };
}

function lineOf(record: Loose): string {
  const fullLog = record['full_log'];
  if (fullLog !== undefined && typeof fullLog !== 'string') throw new Rejection('full_log must be a string');
  for (const line of [fullLog, record['message']]) {
    if (typeof line === 'string' && line.trim() !== '') return line;
  }
  throw new Rejection('full_log is required: a non-empty string');
}

/** A word of syslog or of people, or a number 0 to 7; no closed list is published, so anything else counts as informational. */
export function severityOf(value: unknown): Severity {
  const text = textOf(value)?.toLowerCase() ?? '';
  return severities.get(numbered[Number(text || -1)] ?? text) ?? Severity.INFORMATIONAL;
}

function occurredAt({ timestamp }: Loose): number | null {
  if (timestamp === undefined || timestamp === null || timestamp === '') return null;
  const time = parseTimestamp(timestamp);
  if (time === undefined) throw new Rejection('timestamp is neither ISO 8601 nor an epoch time');
  return time;
}
