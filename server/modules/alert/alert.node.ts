import type { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { NetworkAlertType, ServerAlertType } from '../../../schema/alert/alert.type.ts';
import type { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { sameTenant } from '../../persistence/where.ts';

/** A row of `alert` with what its event holds for it. */
export interface AlertRow {
  readonly id: number;
  readonly tenant_id: string;
  readonly group_id: string;
  readonly kind: AlertKind;
  readonly occurred_at: number;
  readonly severity: Severity;
  readonly type: string;
  readonly agent: string | null;
  readonly agent_name: string | null;
  readonly source_ip: string | null;
  readonly source_mac: string | null;
  readonly source_port: number | null;
  readonly destination_ip: string | null;
  readonly destination_mac: string | null;
  readonly destination_port: number | null;
  readonly event_id: string;
  readonly intake_id: string;
  readonly format: EventFormat;
  readonly received_at: number;
  readonly title: string | null;
  readonly message: string;
  readonly host: string | null;
}

/** What an `AlertRow` is read from. */
export const alertRowColumns =
  'a.*, e.id as event_id, e.intake_id, e.format, e.received_at, e.title, e.message, e.host';
export const alertRowTables = (kind: Database['kind']) => `alert a join ${eventOfAlert(kind)}`;

/** An alert as resolvers pass it on. */
export type AlertNode = NetworkAlertType | ServerAlertType;

/** Of both kinds in one form, for lists are long: what a kind does not have is null, and its type does not ask for it. */
export function toAlertNode(row: AlertRow): AlertNode {
  return {
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
    sourceMac: row.source_mac,
    sourcePort: row.source_port,
    destinationIp: row.destination_ip,
    destinationMac: row.destination_mac,
    destinationPort: row.destination_port,
    hostname: row.host,
    line: row.message,
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
