import { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { AlertType, NetworkAlertType, ServerAlertType } from '../../../schema/alert/alert.type.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { sameTenant } from '../../persistence/where.ts';
import type { AlertRow } from './alert.repository.ts';

/** An alert as resolvers pass it on. */
export type AlertNode = NetworkAlertType | ServerAlertType;

export function toAlertNode(row: AlertRow): AlertNode {
  const common: AlertType = {
    id: row.id,
    kind: row.kind,
    tenantId: row.tenant_id,
    eventId: row.event_id,
    intakeId: row.intake_id,
    format: row.format,
    groupId: row.group_id,
    occurredAt: new Date(row.occurred_at),
    receivedAt: new Date(row.received_at),
    severity: row.severity,
    level: levelOf(row.severity),
    type: row.type,
    title: row.title ?? firstLine(row.message),
    message: row.message,
    agent: row.agent,
    agentName: row.agent_name,
    sourceIp: row.source_ip,
    destinationIp: row.destination_ip,
  };
  if (row.kind === AlertKind.SERVER) return { ...common, hostname: row.host, line: row.message };
  return {
    ...common,
    sourceIp: row.source_ip ?? '',
    sourceMac: row.source_mac,
    sourcePort: row.source_port,
    destinationIp: row.destination_ip ?? '',
    destinationMac: row.destination_mac,
    destinationPort: row.destination_port,
  };
}

/** The event that an alert `a` was made from, to be joined as `e`. It has the alert's number, and of the same tenant it has to be all the same. */
export function eventOfAlert(kind: Database['kind']): string {
  return `event e on e.seq = a.id and ${sameTenant(kind, 'e.tenant_id', 'a.tenant_id')}`;
}

/** OCSF's six severities in three steps: 10 low and below, 20 medium, 30 high and above. */
export function levelOf(severity: Severity): number {
  if (severity <= Severity.LOW) return 10;
  return severity === Severity.MEDIUM ? 20 : 30;
}

const longestTitle = 200;

/** A sender that gives no title has its message stand in for it. */
export function firstLine(message: string): string {
  const end = message.indexOf('\n');
  const line = end === -1 ? message : message.slice(0, end);
  if (line.length <= longestTitle) return line;
  // By characters, as databases count: their lists are searched and sorted by what is shown.
  const characters = [...line.slice(0, 2 * longestTitle + 2)];
  return characters.length > longestTitle ? `${characters.slice(0, longestTitle - 1).join('')}…` : line;
}

/** The title as it is shown (see `firstLine`): that of the event `e`, else the first line of its message, cut. */
export function titleColumn(kind: Database['kind']): string {
  const start = kind === 'postgres' ? 'left(e.message, 201)' : 'substr(e.message, 1, 201)';
  const line =
    kind === 'postgres'
      ? `split_part(${start}, chr(10), 1)`
      : `substr(${start}, 1, instr(${start} || char(10), char(10)) - 1)`;
  return `coalesce(e.title, case when length(${line}) > 200 then substr(${line}, 1, 199) || '…' else ${line} end)`;
}
