import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf } from '../address.ts';
import type { Draft } from '../draft.ts';
import { firstText, isObject, type Loose, textOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { jsonObjectIn } from './json-object.ts';
import { lookUp, summaryOf } from './lookup.ts';
import { severityOfWord } from './severity-scale.ts';
import { readSyslog } from './syslog-message.ts';
import { observeZeek } from './zeek-observations.ts';

/** What tells a log without `_path`: the first row all of whose fields the record has. */
const shapes: readonly (readonly [path: string, ...fields: string[]])[] = [
  ['known_services', 'host', 'port_num', 'port_proto'],
  ['software', 'host', 'software_type'],
  ['dhcp', 'mac', 'msg_types'],
  ['notice', 'note', 'msg', 'actions'],
  ['weird', 'name', 'notice', 'peer'],
  ['dns', 'uid', 'trans_id', 'query'],
  ['dns', 'uid', 'trans_id', 'proto'],
  ['http', 'uid', 'trans_depth', 'method'],
  ['http', 'uid', 'trans_depth', 'status_code'],
  ['smtp', 'uid', 'trans_depth', 'helo'],
  ['conn', 'uid', 'conn_state'],
  ['ssl', 'uid', 'cipher'],
  ['ssh', 'uid', 'auth_attempts'],
  ['intel', 'seen.indicator', 'matched'],
  ['files', 'fuid', 'mime_type'],
  ['syslog', 'uid', 'facility', 'severity', 'message'],
];

/** The name of the Zeek log that a record is a line of, by `_path` or by its fields; null when it is none. */
export function zeekPathOf(record: Loose): string | null {
  const path = record['_path'];
  if (record['ts'] === undefined) return null;
  if (typeof path === 'string' && path !== '') return path.slice(0, 64).toWellFormed();
  const hasUid = typeof record['uid'] === 'string';
  const isConnection = hasUid && (record['id.orig_h'] !== undefined || lookUp(record, 'id.orig_h') !== undefined);
  for (const [name, ...fields] of shapes) {
    if (fields.includes('uid') && !isConnection) continue;
    if (fields.every((field) => lookUp(record, field) !== undefined)) return name;
  }
  if (isConnection) return 'connection';
  const own = Object.keys(record).filter((key) => !key.startsWith('_') && key !== 'ts');
  const isHost = own.length === 1 && own[0] === 'host' && endpointOf(record['host'], null, undefined).ip !== null;
  return isHost ? 'known_hosts' : null;
}

/**
 * Reads a line of a Zeek log. A notice is what Zeek's scripts report to people: medium. A hit of the intelligence framework is that
 * too. `weird` is only traffic that the parsers did not expect, thousands of times a day in any network: informational, unless the
 * site turned it into a notice.
 */
export function parseZeek(record: Loose, path: string, receivedAt: number): Draft {
  const source = endpointOf(at(record, 'id.orig_h') ?? record['src'], at(record, 'id.orig_p'), record['orig_l2_addr']);
  const destination = endpointOf(
    at(record, 'id.resp_h') ?? record['dst'],
    at(record, 'id.resp_p') ?? record['p'],
    record['resp_l2_addr'],
  );
  const base: Parameters<typeof draftOf>[0] = {
    format: EventFormat.ZEEK,
    message: lineOf(record, path, source, destination),
    type: path,
    occurredAt: parseTimestamp(record['ts']) ?? null,
    host: firstText(record['_system_name'], record['peer_descr']),
    app: 'zeek',
    source,
    destination,
    observations: observeZeek(path, record, source, destination),
  };
  if (path === 'notice') return draftOf({ ...base, ...noticeParts(record) });
  if (path === 'weird') return draftOf({ ...base, ...weirdParts(record) });
  if (path === 'intel') {
    const title = `Indicator seen: ${textOf(at(record, 'seen.indicator')) ?? 'unknown'}`;
    return draftOf({ ...base, severity: Severity.MEDIUM, title });
  }
  if (path === 'syslog') return draftOf({ ...base, ...syslogParts(record, receivedAt) });
  return draftOf(base);
}

function noticeParts(record: Loose): Partial<Draft> {
  const note = textOf(record['note']) ?? 'Notice';
  return {
    severity: Severity.MEDIUM,
    title: textOf(record['msg'], 1000) ?? note,
    type: note.slice(0, 100),
    rule: note,
  };
}

function weirdParts(record: Loose): Partial<Draft> {
  const name = textOf(record['name']);
  const severity = record['notice'] === true ? Severity.LOW : Severity.INFORMATIONAL;
  return { severity, rule: name, title: name === null ? null : `Unexpected traffic: ${name}` };
}

const longestLine = 8000;

/** A syslog message that Zeek saw pass: of the host that sent it, and as severe as it says itself. */
function syslogParts(record: Loose, receivedAt: number): Partial<Draft> {
  const text = typeof record['message'] === 'string' ? record['message'] : '';
  const inner = readSyslog(text, receivedAt);
  const body = inner === null || inner.message === '' ? text : inner.message;
  const json = jsonObjectIn(body);
  return {
    severity: severityOfWord(record['severity']) ?? Severity.INFORMATIONAL,
    ...(text.trim() !== '' && { message: textOf(json?.['msg'] ?? json?.['message'], longestLine) ?? body }),
    ...(inner !== null && { host: textOf(inner.host), app: textOf(inner.app) ?? 'zeek' }),
  };
}

function lineOf(record: Loose, path: string, source: Draft['source'], destination: Draft['destination']): string {
  if (path === 'notice') return firstText(joined(record, ['note', 'msg', 'sub'])) ?? path;
  const ends = [source, destination].map(({ ip, port }) => `${ip ?? '-'}${port === null ? '' : `:${port}`}`);
  const route = source.ip === null && destination.ip === null ? '' : `${ends[0]} > ${ends[1]}`;
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(record)) {
    if (!unspoken.has(key) && !key.startsWith('id.') && !key.startsWith('_')) own[key] = value;
  }
  const rest = summaryOf(own);
  return [`${path}:`, route, rest === '{}' ? '' : rest].filter((part) => part !== '').join(' ');
}

/** Fields that a line for people leaves out: times and ids, and the addresses that stand in front of it. */
const unspoken = new Set(['ts', 'uid', 'id', 'fuid', 'fuids', 'uids', 'trans_id', 'peer']);

function joined(record: Loose, names: readonly string[]): string {
  return names
    .flatMap((name) => textOf(record[name], 1000) ?? [])
    .join(' ')
    .slice(0, 2000);
}

function at(record: Loose, path: string): unknown {
  const value = record[path];
  if (value !== undefined) return value;
  const id = record['id'];
  return path.startsWith('id.') ? (isObject(id) ? id[path.slice(3)] : undefined) : lookUp(record, path);
}
