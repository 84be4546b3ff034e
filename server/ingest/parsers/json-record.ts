import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf } from '../address.ts';
import { readClockTime } from '../clock-time.ts';
import { type Draft, Rejection } from '../draft.ts';
import { firstText, isObject, type Loose, textOf, wholeNumberOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { isEcs, parseEcs } from './ecs.ts';
import { firstOf, summaryOf } from './lookup.ts';
import { nameFields } from './named-fields.ts';
import { severityOfLevel, severityOfSyslog } from './severity-scale.ts';
import { isSuricata, parseSuricata } from './suricata.ts';
import { parseSyslogRecord } from './syslog-record.ts';
import { parseWazuh } from './wazuh.ts';
import { isWindowsEvent, parseWindowsEvent } from './windows-event.ts';
import { parseZeek, zeekPathOf } from './zeek.ts';

/** Reads an object by the fields it has: of a known product, of the Elastic Common Schema, or any other. */
export function parseJsonRecord(record: Loose, receivedAt: number): Draft {
  if (isWazuh(record)) return accepted(parseWazuh, record) ?? parseAnyJson(record, receivedAt);
  if (isSuricata(record)) return parseSuricata(record);
  const path = zeekPathOf(record);
  if (path !== null) return parseZeek(record, path, receivedAt);
  if (isWindowsEvent(record)) return parseWindowsEvent(record);
  if (isEcs(record)) return parseEcs(record);
  if (isSyslogRecord(record)) return accepted(parseSyslogRecord, record) ?? parseAnyJson(record, receivedAt);
  return parseAnyJson(record, receivedAt);
}

function accepted(parse: (record: unknown) => Draft, record: Loose): Draft | null {
  try {
    return parse(record);
  } catch (cause) {
    if (cause instanceof Rejection) return null;
    throw cause;
  }
}

/** A rule with id and level, and something of the manager that judged. */
function isWazuh({ rule, agent, manager, decoder, location }: Loose): boolean {
  if (!isObject(rule) || rule['id'] === undefined || rule['level'] === undefined) return false;
  return isObject(agent) || isObject(manager) || isObject(decoder) || location !== undefined;
}

function isSyslogRecord(record: Loose): boolean {
  return typeof record['full_log'] === 'string' && record['full_log'].trim() !== '';
}

const messageNames = [
  'message',
  'msg',
  'log',
  'short_message',
  'full_message',
  'text',
  'MESSAGE',
  'event.message',
  'description',
  'summary',
  'event.description',
];
const titleNames = ['title', 'summary', 'event.name', 'eventName', 'alert.title', 'rule.name', 'finding.Title'];
const timeNames = [
  '@timestamp',
  'timestamp',
  'time',
  'ts',
  'datetime',
  'date',
  'timeStamp',
  'eventTime',
  'event_time',
  'created_at',
  'createdAt',
  'CreationTime',
  'EdgeStartTimestamp',
  'occurred',
  'occured',
  'start_time',
  '_time',
  'event.time',
  'finding.UpdatedAt',
  'finding.CreatedAt',
  'metadata.time',
  '__REALTIME_TIMESTAMP',
];
const levelNames = [
  'severity',
  'level',
  'log.level',
  'loglevel',
  'log_level',
  'levelname',
  'lvl',
  'finding.Severity.Label',
];
/** Numbers 0 to 7 under these names are syslog's; under `level` they are that too in GELF alone, elsewhere anyone's. */
const syslogNames = ['PRIORITY', 'priority', 'severity', 'syslog_severity'];
const hostNames = [
  'host.name',
  'host',
  'hostname',
  'host_name',
  'HOSTNAME',
  '_HOSTNAME',
  'computer',
  'computer_name',
  'device.name',
  'devname',
  'device',
  'kubernetes.host',
];
const appNames = [
  'app',
  'application',
  'service.name',
  'service',
  'program',
  'appname',
  'app_name',
  'SYSLOG_IDENTIFIER',
  '_COMM',
  'ident',
  'logger',
  'logger_name',
  'integration',
  'product',
  'source',
  'name',
];
const typeNames = ['type', 'event_type', 'eventType', 'category', 'kind', 'event.type', 'integration'];
/** Not `id`, which may be anything's: two records that are alike down to a true id count as one. */
const idNames = ['event_id', 'eventId', 'eventID', 'event_uuid', 'uuid'];
const shortestId = 16;

function parseAnyJson(record: Loose, receivedAt: number): Draft {
  const inner = innerOf(record);
  const named = nameFields(plainPairs(inner));
  const written = textIn(record, messageNames) ?? textIn(inner, messageNames);
  const id = textOf(firstOf(record, idNames), 256);
  const app = firstText(...appNames.map((name) => firstOf(record, [name])));
  return draftOf({
    format: EventFormat.JSON,
    message: written ?? summaryOf(record),
    occurredAt: timeIn(record, receivedAt) ?? (inner === record ? null : timeIn(inner, receivedAt)),
    host: firstText(...hostNames.map((name) => firstOf(inner, [name]))),
    app,
    severity: severityIn(inner) ?? severityIn(record) ?? Severity.INFORMATIONAL,
    title: firstText(...titleNames.map((name) => firstOf(inner, [name]))),
    externalId: id !== null && id.length >= shortestId ? id : null,
    type:
      firstText(...typeNames.map((name) => firstOf(record, [name])))
        ?.slice(0, 100)
        .toWellFormed() ?? 'json',
    rule: firstText(firstOf(inner, ['rule.id', 'rule_id', 'ruleId', 'RuleID', 'signature_id'])),
    source: endpointOf(
      named.get('source.ip') ?? textOf(firstOf(inner, ['source.ip', 'httpRequest.remoteIp'])),
      named.get('source.port') ?? textOf(firstOf(inner, ['source.port'])),
      named.get('source.mac'),
    ),
    destination: endpointOf(
      named.get('destination.ip') ?? textOf(firstOf(inner, ['destination.ip'])),
      named.get('destination.port') ?? textOf(firstOf(inner, ['destination.port'])),
      named.get('destination.mac'),
    ),
  });
}

/** The cloud modules of collectors wrap what they fetch: `{"integration": "github", "github": {...}}`. */
function innerOf(record: Loose): Loose {
  const wrapped = typeof record['integration'] === 'string' ? record[record['integration']] : undefined;
  if (isObject(wrapped)) return wrapped;
  const keys = Object.keys(record);
  const only = keys.length === 1 && keys[0] !== undefined ? record[keys[0]] : undefined;
  return isObject(only) ? only : record;
}

const mostPairs = 200;

function severityIn(record: Loose): Severity | undefined {
  const ocsf = record['class_uid'] === undefined ? undefined : wholeNumberOf(record['severity_id']);
  if (ocsf !== undefined && ocsf !== null && ocsf >= Severity.INFORMATIONAL && ocsf <= Severity.FATAL)
    return ocsf as Severity;
  const isGelf = record['short_message'] !== undefined;
  const number = wholeNumberOf(firstOf(record, isGelf ? ['level'] : syslogNames));
  if (number !== null && number <= 7) return severityOfSyslog(number);
  const written = firstOf(record, levelNames);
  const level = wholeNumberOf(written);
  return level !== null && level < 10 ? undefined : severityOfLevel(written);
}

function* plainPairs(record: Loose): Generator<readonly [string, string]> {
  let count = 0;
  for (const key in record) {
    if (++count > mostPairs) return;
    const value = record[key];
    if (typeof value === 'string') yield [key, value];
    else if (typeof value === 'number') yield [key, String(value)];
  }
}

function textIn(record: Loose, names: readonly string[]): string | null {
  for (const name of names) {
    const value = firstOf(record, [name]);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

function timeIn(record: Loose, receivedAt: number): number | null {
  for (const name of timeNames) {
    const value = firstOf(record, [name]);
    if (value === undefined || isObject(value)) continue;
    const time =
      parseTimestamp(value) ?? (typeof value === 'string' ? readClockTime(value, 0, receivedAt)?.time : undefined);
    if (time !== undefined) return time;
  }
  return null;
}
