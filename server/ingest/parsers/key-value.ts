import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { readClockTime } from '../clock-time.ts';
import type { Draft } from '../draft.ts';
import { firstText, textOf, wholeNumberOf } from '../fields.ts';
import type { Connection, Observation } from '../observation.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { type NamedFields, nameFields, partsOf } from './named-fields.ts';
import { type Pairs, readPairs } from './pairs.ts';
import { severityOfLevel } from './severity-scale.ts';

const fewestPairs = 3;
/** Where the first key must end for a text to be worth the reading. */
const reachOfKey = 72;

/**
 * Reads a text of key=value pairs (logfmt, firewalls, Linux audit and netfilter); null when it is not one: it has to start with a
 * pair and hold more pairs than other words, or carry netfilter's `IN=` and `OUT=`.
 */
export function parseKeyValue(text: string, receivedAt: number): Draft | null {
  const pairs = keyValuePairs(text);
  if (pairs === null) return null;
  const raw = new Map(pairs.pairs.map(([key, value]) => [key.toLowerCase(), value] as const));
  const named = nameFields(pairs.pairs);
  const parts = partsOf(named);
  const title = textOf(raw.get('logdesc') ?? raw.get('msg') ?? raw.get('message'), 1000);
  const audit = isAudit(pairs.pairs[0]?.[0], pairs.pairs[1]?.[1]);
  const flow = flowOf(raw, named, parts);
  const severity = severityIn(raw, named);
  return draftOf({
    format: EventFormat.KEY_VALUE,
    message: text,
    occurredAt: timeOf(raw, receivedAt),
    ...parts,
    app: audit ? 'auditd' : appOf(raw),
    severity: flow !== null && severity <= Severity.LOW ? Severity.INFORMATIONAL : severity,
    title: audit ? null : title,
    type: typeOf(raw, audit),
    rule: textOf(named.get('rule.id') ?? raw.get('logid') ?? raw.get('log_id')),
    observations: flow === null ? [] : [flow],
  });
}

/** FortiGate's `service` is a port's name, and its `app` what a connection carries: neither is a program that logs. */
function appOf(raw: ReadonlyMap<string, string>): string | null {
  if (raw.has('type') || raw.has('log_type')) return null;
  return firstText(raw.get('app'), raw.get('service'), raw.get('logger'), raw.get('component'));
}

/** The pairs of a text that is one of key=value pairs; null for any other. */
export function keyValuePairs(text: string): Pairs | null {
  // Check Point's `[action:"Drop"; src:"..."]`.
  const body = text.startsWith('[') && text.includes(':"') ? text.slice(1) : text;
  const first = body.search(/\S/);
  const assigned = firstAssignment(body);
  if (first < 0 || assigned < 0) return null;
  const netfilter = isNetfilter(body);
  if (!netfilter && (assigned - first > reachOfKey || /[\s"{}[\]]/.test(body.slice(first, assigned)))) return null;
  const read = readPairs(body);
  if (isAudit(read.pairs[0]?.[0], read.pairs[1]?.[1])) return read;
  const enough = read.pairs.length >= fewestPairs;
  return enough && (netfilter || (read.leading && read.pairs.length >= read.words)) ? read : null;
}

function firstAssignment(text: string): number {
  const equals = text.indexOf('=');
  const quoted = text.indexOf(':"');
  return equals < 0 || (quoted >= 0 && quoted < equals) ? quoted : equals;
}

/** Linux audit's `type=... msg=audit(...):`, whatever comes behind. */
function isAudit(key: string | undefined, message: string | undefined): boolean {
  return key === 'type' && message?.startsWith('audit(') === true;
}

function isNetfilter(text: string): boolean {
  return text.includes('IN=') && text.includes(' OUT=') && text.includes(' SRC=');
}

/** `error` of a level, or of what a sender calls its severity or priority; FortiGate's `crlevel` is a reputation, not a level. */
function severityIn(raw: ReadonlyMap<string, string>, named: NamedFields): Severity {
  const written = raw.get('severity') ?? raw.get('level') ?? named.get('log.level');
  return severityOfLevel(written) ?? Severity.INFORMATIONAL;
}

function timeOf(raw: ReadonlyMap<string, string>, receivedAt: number): number | null {
  const audit = /^audit\((\d{9,11}\.\d{3}):/.exec(raw.get('msg') ?? '');
  const epoch = parseTimestamp(audit?.[1] ?? raw.get('eventtime') ?? raw.get('ts') ?? raw.get('timestamp'));
  if (epoch !== undefined) return epoch;
  const date = raw.get('date') ?? '';
  const time = raw.get('time') ?? '';
  const written = `${date} ${time}`.trim();
  const zone = /^"?([+-]\d{2}:?\d{2})"?$/.exec(raw.get('tz') ?? raw.get('timezone') ?? '')?.[1] ?? '';
  return readClockTime(`${written}${zone}`, 0, receivedAt)?.time ?? parseTimestamp(time) ?? null;
}

function typeOf(raw: ReadonlyMap<string, string>, isAudit: boolean): string {
  if (isAudit) return 'audit';
  const type = textOf(raw.get('type') ?? raw.get('log_type') ?? raw.get('category'), 100);
  const subtype = textOf(raw.get('subtype') ?? raw.get('subcategory') ?? raw.get('log_subtype'), 100);
  if (type === null) return raw.has('src') && raw.has('in') ? 'firewall' : 'key-value';
  return subtype === null ? type : `${type}/${subtype}`;
}

const transports: Readonly<Record<string, string>> = { '1': 'icmp', '6': 'tcp', '17': 'udp', '58': 'icmp6' };

/** A firewall's record of traffic; a line of anything else observes nothing. */
function flowOf(
  raw: ReadonlyMap<string, string>,
  named: NamedFields,
  { source, destination }: Pick<Draft, 'source' | 'destination'>,
): Connection | null {
  const isTraffic = raw.get('type') === 'traffic' || (raw.has('in') && raw.has('out') && raw.has('src'));
  if (!isTraffic || source.ip === null || destination.ip === null) return null;
  const proto = (named.get('network.transport') ?? '').toLowerCase();
  const seconds = wholeNumberOf(raw.get('duration'));
  const flow: Connection = {
    kind: 'tcp',
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
    proto: transports[proto] ?? (proto === '' ? 'ip' : proto.slice(0, 16)),
    durationMs: seconds === null ? null : seconds * 1000,
    bytesOut: wholeNumberOf(named.get('source.bytes')),
    bytesIn: wholeNumberOf(named.get('destination.bytes')),
    packetsOut: wholeNumberOf(named.get('source.packets')),
    packetsIn: wholeNumberOf(named.get('destination.packets')),
    state: textOf(raw.get('action') ?? raw.get('status'), 40),
    service: textOf(raw.get('service'), 40),
  };
  return flow satisfies Observation;
}
