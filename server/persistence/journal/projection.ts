import type { AlertKind } from '../../../schema/alert/alert.enum.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import {
  type AlertRow,
  alertCounters,
  type EventRow,
  type GroupRow,
  type JournalGroup,
  type SqlValue,
} from './journal-group.ts';

/** The alerts of one transaction that share a fingerprint, summed up. */
export interface GroupDelta {
  readonly row: GroupRow;
  readonly alerts: AlertRow[];
}

const titleAt = 11;
const messageAt = 12;
const tenantAt = 2;
const receivedAt = 5;
const kindAt = 3;
const count = 8;
const firstSeen = 9;
const lastSeen = 10;
const lastAlertId = 11;

/** Sums the alerts of the stored events of a group by tenant and fingerprint. An event whose `seq` is null was a repeat. */
export function sumGroups(group: JournalGroup): GroupDelta[] {
  const deltas = new Map<string, GroupDelta>();
  for (let index = 0; index < group.events.length; index++) {
    const event = group.events[index] as EventRow;
    const alert = group.alerts[index];
    const fingerprint = group.fingerprints[index];
    if (!alert || fingerprint == null) continue;
    alert[0] = event[0];
    if (event[0] === null) continue;
    const key = `${event[tenantAt]} ${fingerprint}`;
    const known = deltas.get(key);
    if (known) add(known, alert);
    else deltas.set(key, { row: openGroup(alert, fingerprint, event), alerts: [alert] });
  }
  return [...deltas.values()];
}

/** A group is named after its first alert; the start of a message stands in for a missing title. */
function titleOf(event: EventRow): SqlValue {
  return event[titleAt] ?? String(event[messageAt]).slice(0, 300).toWellFormed();
}

function openGroup(alert: AlertRow, fingerprint: string, event: EventRow): GroupRow {
  const [id, , tenantId, kind, occurredAt, severity, type] = alert;
  return [
    uuidV7(Number(event[receivedAt])),
    tenantId,
    fingerprint,
    kind,
    severity,
    type,
    titleOf(event),
    'NEW',
    1,
    occurredAt,
    occurredAt,
    id,
  ];
}

function add({ row, alerts }: GroupDelta, alert: AlertRow): void {
  const [id, , , , occurredAt, severity] = alert;
  row[4] = max(row[4], severity);
  row[count] = Number(row[count]) + 1;
  row[firstSeen] = Math.min(Number(row[firstSeen]), Number(occurredAt));
  row[lastSeen] = max(row[lastSeen], occurredAt);
  row[lastAlertId] = max(row[lastAlertId], id);
  alerts.push(alert);
}

function max(left: SqlValue, right: SqlValue): number {
  return Math.max(Number(left), Number(right));
}

/** SQL that tells new groups which group of their fingerprint came before; ids grow with the time at which groups are opened. */
export function followPredecessor(isNew: string): string {
  return `update alert_group set predecessor_id = (select p.id from alert_group p
    where p.tenant_id = alert_group.tenant_id and p.fingerprint = alert_group.fingerprint and p.id < alert_group.id
    order by p.id desc limit 1) where ${isNew}`;
}

/** How many rows each list of each tenant gained. */
export function sumCounters(
  group: JournalGroup,
  newGroups: readonly GroupRow[],
): [tenantId: string, name: string, by: number][] {
  const sums = new Map<string, number>();
  const add = (tenantId: SqlValue, name: string) => {
    const key = `${tenantId} ${name}`;
    sums.set(key, (sums.get(key) ?? 0) + 1);
  };
  for (let index = 0; index < group.events.length; index++) {
    const event = group.events[index] as EventRow;
    if (event[0] === null) continue;
    add(event[tenantAt], 'events');
    const alert = group.alerts[index];
    if (!alert) continue;
    add(event[tenantAt], 'alerts');
    add(event[tenantAt], alertCounters[alert[kindAt] as AlertKind]);
  }
  for (const row of group.rejected) add(row[1], 'rejectedEvents');
  for (const row of newGroups) add(row[1], 'alertGroups');
  return [...sums].map(([key, by]) => {
    const [tenantId = '', name = ''] = key.split(' ');
    return [tenantId, name, by];
  });
}
