import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf } from '../address.ts';
import type { Draft } from '../draft.ts';
import { firstText, isObject, type Loose, objectOf, textOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { summaryOf } from './lookup.ts';

/** What the shapes of a Windows event have in common. */
interface WindowsEvent {
  readonly eventId: string;
  readonly provider: string | null;
  readonly channel: string | null;
  readonly computer: string | null;
  readonly level: string | null;
  readonly keywords: string | null;
  readonly time: unknown;
  readonly recordId: string | null;
  readonly message: string | null;
  readonly data: Loose;
}

export function isWindowsEvent(record: Loose): boolean {
  return systemOf(record) !== null;
}

/** The event's own values; null for a record that is no Windows event. */
export function windowsDataOf(record: Loose): Loose | null {
  return isWindowsEvent(record) ? read(record).data : null;
}

/** The system part of the event's XML turned into JSON (`Event.System`, or collectors' `win.system`), or Beats' `winlog`. */
function systemOf({ Event, win, winlog }: Loose): Loose | null {
  if (isObject(Event) && isObject(Event['System'])) return Event['System'];
  if (isObject(win) && isObject(win['system'])) return win['system'];
  return isObject(winlog) && (winlog['event_id'] !== undefined || winlog['channel'] !== undefined) ? winlog : null;
}

/** Reads an event of the Windows event log. */
export function parseWindowsEvent(record: Loose): Draft {
  const event = read(record);
  const { data } = event;
  const what = [event.provider ?? event.channel ?? 'Windows', `event ${event.eventId}`].join(' ');
  return draftOf({
    format: isObject(record['winlog']) ? EventFormat.ECS : EventFormat.JSON,
    message: event.message ?? `${what}: ${summaryOf(data)}`,
    occurredAt: parseTimestamp(event.time) ?? null,
    host: event.computer,
    app: event.provider ?? event.channel,
    severity: severityOfEvent(event),
    title: event.message === null ? what : textOf(event.message.split(/[\r\n]/, 1)[0], 1000),
    externalId: event.recordId,
    type: event.channel?.slice(0, 100).toWellFormed() ?? 'windows',
    rule: event.eventId,
    source: endpointOf(
      data['SourceIp'] ?? data['sourceIp'] ?? data['IpAddress'] ?? data['ipAddress'],
      data['SourcePort'] ?? data['sourcePort'] ?? data['IpPort'] ?? data['ipPort'],
      undefined,
    ),
    destination: endpointOf(
      data['DestinationIp'] ?? data['destinationIp'],
      data['DestinationPort'] ?? data['destinationPort'],
      undefined,
    ),
  });
}

function read(record: Loose): WindowsEvent {
  const system = systemOf(record) ?? {};
  if (isObject(record['winlog'])) {
    const host = objectOf(record['host']);
    return {
      eventId: firstText(system['event_id'], objectOf(record['event'])['code']) ?? '0',
      provider: textOf(system['provider_name']),
      channel: textOf(system['channel']),
      computer: firstText(system['computer_name'], host['name']),
      level: firstText(objectOf(record['log'])['level'], record['log.level']),
      keywords: Array.isArray(system['keywords']) ? system['keywords'].map(String).join(' ') : null,
      time: record['@timestamp'],
      recordId: textOf(system['record_id']),
      message: messageOf(record['message']),
      data: objectOf(system['event_data']),
    };
  }
  const event = objectOf(record['Event']);
  const win = objectOf(record['win']);
  const eventId = system['EventID'] ?? system['eventID'];
  return {
    eventId: textOf(isObject(eventId) ? eventId['#text'] : eventId) ?? '0',
    provider: textOf(attribute(system['Provider'], 'Name') ?? system['providerName']),
    channel: firstText(system['Channel'], system['channel']),
    computer: firstText(system['Computer'], system['computer']),
    level: firstText(system['Level'], system['level']),
    keywords: firstText(system['Keywords'], system['keywords']),
    time: attribute(system['TimeCreated'], 'SystemTime') ?? system['systemTime'],
    recordId: firstText(system['EventRecordID'], system['eventRecordID']),
    message: messageOf(system['message'] ?? objectOf(event['RenderingInfo'])['Message']),
    data: objectOf(event['EventData'] ?? event['UserData'] ?? win['eventdata']),
  };
}

/** XML attributes as converters write them: `#attributes`, `@Name`, or the name itself. */
function attribute(element: unknown, name: string): unknown {
  const fields = objectOf(element);
  return objectOf(fields['#attributes'])[name] ?? fields[`@${name}`] ?? fields[name];
}

/** Collectors wrap the text into quotes of its own. */
function messageOf(value: unknown): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null;
  return value.length > 2 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : value;
}

const auditFailure = 0x10000000000000n;

/** Levels 1 to 3 are critical, error and warning; a refused access of the security log is low, all else informational. */
function severityOfEvent({ level, keywords }: WindowsEvent): Severity {
  const word = level?.toLowerCase();
  if (word === '1' || word === 'critical') return Severity.CRITICAL;
  if (word === '2' || word === 'error') return Severity.HIGH;
  if (word === '3' || word === 'warning') return Severity.MEDIUM;
  return isAuditFailure(keywords) ? Severity.LOW : Severity.INFORMATIONAL;
}

function isAuditFailure(keywords: string | null): boolean {
  if (keywords === null) return false;
  if (/^0x[0-9a-f]{1,16}$/i.test(keywords)) return (BigInt(keywords) & auditFailure) !== 0n;
  return /audit failure/i.test(keywords);
}
