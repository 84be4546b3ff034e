import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { type Draft, Rejection } from '../draft.ts';
import { type Loose, objectOf } from '../fields.ts';
import { readAccessLine } from '../parsers/access-log.ts';
import { parseAuto } from '../parsers/auto.ts';
import { readCef, readCefBody } from '../parsers/cef.ts';
import { jsonObjectIn } from '../parsers/json-object.ts';
import { keyValuePairs } from '../parsers/key-value.ts';
import { readLeef } from '../parsers/leef.ts';
import { nameFields } from '../parsers/named-fields.ts';
import { readSyslog } from '../parsers/syslog-message.ts';
import { parseSyslogRecord } from '../parsers/syslog-record.ts';
import { parseWazuh } from '../parsers/wazuh.ts';
import { windowsDataOf } from '../parsers/windows-event.ts';
import { zeekPathOf } from '../parsers/zeek.ts';
import { addDraft } from './draft-fields.ts';
import { FieldSet, type FieldValue } from './field-set.ts';
import { addNamedPairs, addSyslogHeader } from './syslog-fields.ts';

/** What is stored of an event, as far as its fields follow from it. */
export interface FieldSource {
  readonly raw: string;
  readonly format: EventFormat;
  /** Gives times without a year their year. */
  readonly receivedAt: Date;
}

/**
 * A record as flat fields: under the names of the Elastic Common Schema where it has one, and the sender's own under a prefix
 * (`suricata.eve.`, `zeek.dns.`, `wazuh.`, `cef.extensions.`, `labels.`); JSON of no known product keeps its own names. Bounded as
 * `FieldSet` says. Pure: the same record gives the same fields, and nothing of them is stored.
 */
export function fieldsOf({ raw, format, receivedAt }: FieldSource): Readonly<Record<string, FieldValue>> {
  const fields = new FieldSet();
  const now = receivedAt.getTime();
  const text = raw.trim();
  const record = jsonObjectIn(text);
  // A record of the schema itself has the last word on its fields.
  if (format === EventFormat.ECS && record !== null) fields.addAll(record, '');
  const draft = readAgain(record ?? raw, format, now);
  if (draft !== null) addDraft(fields, draft);
  const syslog = record === null ? readSyslog(text, now) : null;
  if (syslog !== null) addSyslogHeader(fields, syslog);
  const content = syslog?.message ?? text;
  const inner = record ?? jsonObjectIn(content);
  if (inner !== null) (addRecordOf[format] ?? addOther)(fields, inner);
  else (addTextOf[format] ?? addWords)(fields, content, now);
  return fields.toObject();
}

/** Null: an edge appliance's report, which has no fields but its own, or a record that its parser takes no more. */
function readAgain(record: unknown, format: EventFormat, receivedAt: number): Draft | null {
  if (format === EventFormat.EDGE) return null;
  try {
    if (format === EventFormat.WAZUH) return parseWazuh(record);
    return format === EventFormat.SYSLOG_RECORD ? parseSyslogRecord(record) : parseAuto(record, receivedAt);
  } catch (cause) {
    if (cause instanceof Rejection) return null;
    throw cause;
  }
}

type AddRecord = (fields: FieldSet, record: Loose) => void;

/** What objects of a known product add; those of any other keep their own names. */
const addRecordOf: Readonly<Partial<Record<EventFormat, AddRecord>>> = {
  WAZUH: addWazuh,
  SURICATA: addSuricata,
  ZEEK: addZeek,
};

function addOther(fields: FieldSet, record: Loose): void {
  addWindows(fields, record);
  addNamed(fields, textPairs(record));
  fields.addAll(record, '');
}

function addWazuh(fields: FieldSet, record: Loose): void {
  addNamed(fields, textPairs(objectOf(record['data'])));
  fields.addAll(record, 'wazuh');
}

function addZeek(fields: FieldSet, record: Loose): void {
  const path = zeekPathOf(record) ?? 'log';
  fields.add('event.dataset', `zeek.${path}`);
  addNamed(fields, textPairs(record));
  fields.addAll(record, `zeek.${path}`);
}

function addSuricata(fields: FieldSet, record: Loose): void {
  fields.add('event.dataset', `suricata.${String(record['event_type'])}`);
  fields.add('network.transport', String(record['proto'] ?? '').toLowerCase());
  fields.add('network.protocol', record['app_proto']);
  fields.add('event.action', objectOf(record['alert'])['action']);
  const http = objectOf(record['http']);
  fields.add('http.request.method', http['http_method']);
  fields.add('http.response.status_code', http['status']);
  fields.add('url.domain', http['hostname']);
  fields.add('url.original', http['url']);
  fields.add('user_agent.original', http['http_user_agent']);
  fields.add('tls.client.server_name', objectOf(record['tls'])['sni']);
  fields.addAll(record, 'suricata.eve');
}

function addWindows(fields: FieldSet, record: Loose): void {
  const data = windowsDataOf(record);
  if (data === null) return;
  addNamed(fields, textPairs(data));
  const image = data['Image'] ?? data['image'];
  if (typeof image === 'string') fields.add('process.name', image.slice(image.lastIndexOf('\\') + 1));
}

type AddText = (fields: FieldSet, content: string, receivedAt: number) => void;

/** What texts with a format of their own add; any other is looked through for pairs. */
const addTextOf: Readonly<Partial<Record<EventFormat, AddText>>> = {
  CEF: addCef,
  LEEF: addLeef,
  KEY_VALUE: (fields, content) => addPairs(fields, keyValuePairs(content)?.pairs ?? [], 'labels'),
  PLAIN: () => undefined,
};

function addWords(fields: FieldSet, content: string, receivedAt: number): void {
  addAccess(fields, content, receivedAt);
  addNamedPairs(fields, content);
}

function addCef(fields: FieldSet, content: string): void {
  const cef = readCef(content) ?? readCefBody(content);
  if (cef === null) return;
  addProduct(fields, cef.vendor, cef.product, cef.deviceVersion, cef.signatureId);
  fields.add('cef.severity', cef.severity);
  addPairs(fields, cef.extensions, 'cef.extensions');
}

function addLeef(fields: FieldSet, content: string): void {
  const leef = readLeef(content);
  if (leef === null) return;
  addProduct(fields, leef.vendor, leef.product, leef.productVersion, leef.eventId);
  addPairs(fields, leef.attributes, 'leef.attributes');
}

function addProduct(fields: FieldSet, vendor: string, product: string, version: string, code: string): void {
  fields.add('observer.vendor', vendor);
  fields.add('observer.product', product);
  fields.add('observer.version', version);
  fields.add('event.code', code);
}

function addAccess(fields: FieldSet, content: string, receivedAt: number): void {
  const line = content.includes('] "') ? readAccessLine(content, receivedAt) : null;
  if (line === null) return;
  fields.add('http.request.method', line.method);
  fields.add('http.request.referrer', line.referrer);
  fields.add('http.response.status_code', line.status);
  fields.add('http.response.body.bytes', line.bytes);
  fields.add('url.original', line.url);
  fields.add('user_agent.original', line.userAgent);
  fields.add('user.name', line.user);
}

type TextPair = readonly [name: string, value: string];

/** The sender's pairs under common names, and under its own below `prefix`; `cs1` goes by what `cs1Label` calls it as well. */
function addPairs(fields: FieldSet, pairs: readonly TextPair[], prefix: string): void {
  addNamed(fields, pairs);
  const values = new Map(pairs);
  for (const [name, value] of pairs) {
    const label = values.get(`${name}Label`);
    if (label !== undefined) fields.add(`labels.${label.replace(/\s+/g, '_')}`, value);
    fields.add(`${prefix}.${name}`, value);
  }
}

function addNamed(fields: FieldSet, pairs: Iterable<TextPair>): void {
  for (const [name, value] of nameFields(pairs)) fields.add(name, numeric.test(name) ? numberOf(value) : value);
}

/** Fields that the schema has as numbers. */
const numeric = /\.(?:port|bytes|packets|pid|status_code)$/;

function numberOf(value: string): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function textPairs(record: Loose): TextPair[] {
  return Object.entries(record).flatMap(([name, value]) => {
    if (typeof value === 'string') return [[name, value] as const];
    return typeof value === 'number' ? [[name, String(value)] as const] : [];
  });
}
