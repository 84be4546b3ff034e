import type { AlertKind } from '../../../schema/alert/alert.enum.ts';
import { AlertStatus, type Verdict } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import type { GroupReasonKind } from '../../../schema/alert-group/group-reason.enum.ts';
import type { GroupReasonType } from '../../../schema/alert-group/group-reason.type.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import { firstLine } from '../alert/alert.node.ts';

/** A row of `alert_group`. */
export interface GroupRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly fingerprint: string;
  readonly kind: AlertKind;
  readonly severity: Severity;
  readonly type: string;
  readonly title: string;
  readonly status: AlertStatus;
  readonly verdict: Verdict | null;
  readonly assignee_id: string | null;
  readonly quiet_severity: Severity | null;
  readonly version: number;
  readonly predecessor_id: string | null;
  readonly closed_at: number | null;
  readonly count: number;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly last_alert_id: number;
}

/** The status in force, for a row called `alias`: one that held until the group got worse is over when it has. */
export function statusOf(alias: string): string {
  return `case when ${alias}.severity > ${alias}.quiet_severity then 'NEW' else ${alias}.status end`;
}

/** The same for a row that has been read. */
export function statusInForce({
  status,
  severity,
  quiet_severity: quiet,
}: Pick<GroupRow, 'status' | 'severity' | 'quiet_severity'>): AlertStatus {
  return quiet !== null && severity > quiet ? AlertStatus.NEW : status;
}

export function toGroup(row: GroupRow): AlertGroupType {
  const status = statusInForce(row);
  return {
    id: row.id,
    tenantId: row.tenant_id,
    fingerprint: row.fingerprint,
    kind: row.kind,
    severity: row.severity,
    type: row.type,
    title: firstLine(row.title),
    status,
    verdict: row.verdict,
    untilWorse: row.quiet_severity !== null && row.severity <= row.quiet_severity,
    takesAlerts: row.closed_at === null,
    version: row.version,
    assigneeId: row.assignee_id,
    predecessorId: row.predecessor_id,
    lastAlertId: row.last_alert_id,
    count: row.count,
    firstSeen: new Date(row.first_seen),
    lastSeen: new Date(row.last_seen),
  };
}

const sentences: Readonly<Record<GroupReasonKind, (value: string) => string>> = {
  FORMAT: (value) => `the same format, ${value}`,
  RULE: (value) => `the same rule, ${value}`,
  TEXT: (value) => `the same text but for its numbers: ${value}`,
  AGENT: (value) => `the same agent or host, ${value}`,
  SOURCE: (value) => `the same source, ${value}`,
  DESTINATION: (value) => `the same destination, ${value}`,
};

/** What the alerts of a fingerprint have in common, in words. */
export function groupedBecause(fingerprint: string): string[] {
  return reasonsOf(fingerprint).map(({ kind, value }) => sentences[kind](value));
}

/** What the alerts of a fingerprint have in common; see `fingerprintOf` in ingest/alert-rows.ts. */
export function reasonsOf(fingerprint: string): GroupReasonType[] {
  const [what = '', where = '', path = ''] = splitLast(fingerprint);
  const [format = '', ...rest] = what.split(' ');
  const subject = rest.join(' ');
  const [, rule] = /^rule (.*)$/s.exec(subject) ?? [];
  const [source = '-', destination = '-'] = path === '' ? [] : path.split(' > ');
  return [
    { kind: 'FORMAT', value: format },
    rule === undefined ? { kind: 'TEXT', value: subject } : { kind: 'RULE', value: rule },
    ...(where === '-' || where === '' ? [] : [{ kind: 'AGENT' as const, value: where }]),
    ...(source === '-' ? [] : [{ kind: 'SOURCE' as const, value: source }]),
    ...(destination === '-' ? [] : [{ kind: 'DESTINATION' as const, value: destination }]),
  ];
}

/** The parts of a fingerprint, whose text may hold the mark between them too: addresses and hosts do not. */
function splitLast(fingerprint: string): string[] {
  const parts = fingerprint.split(' | ');
  const hasPath = parts.length > 2 && parts.at(-1)?.includes(' > ');
  const path = hasPath ? parts.pop() : undefined;
  const where = parts.length > 1 ? parts.pop() : undefined;
  return [parts.join(' | '), where ?? '', path ?? ''];
}

/** One step of the feed of groups: one that has changed or is gone, or how many have changed at once. */
export interface AlertGroupStep {
  readonly cursor: number;
  readonly tenantId: string;
  readonly group: AlertGroupType | null;
  readonly removedId: string | null;
  readonly manyChanged: number | null;
}
