import { createHash } from 'node:crypto';
import type { Notification } from '../notification.ts';
import { cut, severityName } from './words.ts';

/** What texts may take, in bytes of JSON: with all else it stays below the 20 kB that Standard Webhooks asks for. */
const most = { title: 1000, description: 4000, message: 8000, other: 300 };

/**
 * The JSON that a webhook sink is sent: the names of a Scanner detection alert, so that receivers written for those read ours. The
 * same notification always makes the same bytes. `staging` marks a test; `query_text` is empty, for no query stands behind an alert
 * of ours; the link, whose key is what receivers look for, is left out while the server does not know its public URL.
 */
export function webhookPayload(notification: Notification): Buffer {
  const { id, tenantId, reason, group, alert, alertCount, url } = notification;
  const head = {
    id,
    detection_rule_id: ruleId(tenantId, group.type),
    tenant_id: tenantId,
    severity_id: group.severity,
    severity: severityName(group.severity),
    name: shorten(group.title, most.title),
    description: shorten(alert.message, most.description),
    query_text: '',
    tags: [reason, alert.kind, alert.format, shorten(group.type, most.other)],
    detected_in_time_range: { start: nanoTime(group.firstSeen), end: nanoTime(group.lastSeen) },
  };
  const tail = {
    staging: reason === 'TEST',
    results_table: resultsTable(notification, alertCount),
    ...(url !== null && url.length <= 2048 && { 'View in Scanner': url }),
  };
  // The integer is beyond 2^53: as a number of JavaScript's it would be another one.
  const timestamp = `"timestamp":${alert.receivedAt.getTime()}000000`;
  return Buffer.from(`${JSON.stringify(head).slice(0, -1)},${timestamp},${JSON.stringify(tail).slice(1)}`);
}

/** One row for the latest alert, its columns by the names of ECS; the count is of all alerts that this notification tells of. */
function resultsTable({ group, alert }: Notification, alertCount: number) {
  const network = 'sourceMac' in alert ? alert : undefined;
  const cells: readonly (readonly [string, string | number | null | undefined])[] = [
    ['@timestamp', nanoTime(alert.occurredAt)],
    ['event.id', alert.eventId],
    ['event.ingested', nanoTime(alert.receivedAt)],
    ['event.severity', alert.severity],
    ['rule.name', alert.type],
    ['message', alert.message],
    ['source.ip', alert.sourceIp],
    ['source.mac', network?.sourceMac],
    ['source.port', network?.sourcePort],
    ['destination.ip', alert.destinationIp],
    ['destination.mac', network?.destinationMac],
    ['destination.port', network?.destinationPort],
    ['host.name', 'hostname' in alert ? alert.hostname : null],
    ['agent.id', alert.agent],
    ['agent.name', alert.agentName],
    ['tocsin.alert.id', String(alert.id)],
    ['tocsin.group.id', group.id],
    ['tocsin.group.count', group.count],
  ];
  const known = cells.flatMap(([column, value]): [string, string | number][] => {
    if (value === null || value === undefined || value === '') return [];
    if (typeof value === 'number') return [[column, value]];
    return [[column, shorten(value, column === 'message' ? most.message : most.other)]];
  });
  return {
    columns: known.map(([column]) => column),
    rows: [Object.fromEntries(known)],
    total_row_count: alertCount,
  };
}

function shorten(text: string, bytes: number): string {
  return cut(text, bytes, (part) => Buffer.byteLength(JSON.stringify(part)));
}

/** RFC 3339 in UTC with nine digits of a second. */
function nanoTime(instant: Date): string {
  return instant.toISOString().replace('Z', '000000Z');
}

/** A UUID (RFC 9562, version 5 in form) that is the same for all alerts of a type in a tenant: what stands for a rule. */
function ruleId(tenantId: string, type: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(tenantId.replaceAll('-', ''), 'hex'))
    .update(type)
    .digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
