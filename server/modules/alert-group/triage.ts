import { AlertStatus, type Verdict } from '../../../schema/alert-group/alert-group.enum.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';
import type { Severity } from '../../../schema/severity.enum.ts';
import { InvalidInput } from '../../errors.ts';
import { type GroupRow, statusInForce } from './alert-group.node.ts';

/** Where the triage of a group stands. */
export interface Triage {
  /** As stored: see `quietSeverity`. */
  readonly status: AlertStatus;
  readonly verdict: Verdict | null;
  readonly assigneeId: string | null;
  readonly quietSeverity: Severity | null;
  readonly closedAt: number | null;
}

const longestNote = 4000;
const closed: readonly AlertStatus[] = [AlertStatus.RESOLVED, AlertStatus.ARCHIVED];

export function triageOf(row: GroupRow): Triage {
  return {
    status: row.status,
    verdict: row.verdict,
    assigneeId: row.assignee_id,
    quietSeverity: row.quiet_severity,
    closedAt: row.closed_at,
  };
}

/** Refuses a change that changes nothing or contradicts itself; answers it with its note as it is kept. */
export function checkChange(change: AlertGroupChange): AlertGroupChange {
  const { status, untilWorse, note } = change;
  if (status === null) throw new InvalidInput('change.status', 'cannot be taken away');
  if (untilWorse && (status === undefined || status === AlertStatus.NEW)) {
    throw new InvalidInput('change.untilWorse', 'needs a status other than NEW that is to hold until then');
  }
  // PostgreSQL takes no NUL, and no half of a character either.
  const kept = note == null ? undefined : note.trim().toWellFormed().replaceAll('\0', '\uFFFD');
  if (kept !== undefined && (kept === '' || kept.length > longestNote)) {
    throw new InvalidInput('change.note', `must have 1 to ${longestNote} characters`);
  }
  const isEmpty = status === undefined && change.verdict === undefined && change.assigneeId === undefined;
  if (isEmpty && kept === undefined) throw new InvalidInput('change', 'must change something');
  return { ...change, note: kept ?? null };
}

/**
 * Where triage stands after a change. Whoever begins with a group that nobody has takes it. A group that is opened again takes
 * alerts again, unless another of its fingerprint does so by now.
 */
export function changed(
  row: GroupRow,
  { status, untilWorse, verdict, assigneeId }: AlertGroupChange,
  { userId, at, hasFollower }: { readonly userId: string | null; readonly at: number; readonly hasFollower: boolean },
): Triage {
  const before = triageOf(row);
  const inForce = statusInForce(row);
  const next = status ?? inForce;
  const takesIt = next === AlertStatus.IN_PROGRESS && assigneeId === undefined && before.assigneeId === null;
  const isClosed = closed.includes(next);
  const openAgain = hasFollower ? before.closedAt : null;
  return {
    status: next,
    verdict: verdict === undefined ? before.verdict : verdict,
    assigneeId: takesIt ? userId : assigneeId === undefined ? before.assigneeId : assigneeId,
    quietSeverity: quietOf(row, status, untilWorse, inForce),
    closedAt: isClosed ? (before.closedAt ?? at) : openAgain,
  };
}

/** A new status holds until the group gets worse only where that is said; one that is over is not called back by another change. */
function quietOf(
  row: GroupRow,
  status: AlertStatus | null | undefined,
  untilWorse: boolean | null | undefined,
  inForce: AlertStatus,
): Severity | null {
  if (status != null) return untilWorse ? row.severity : null;
  return inForce === row.status ? row.quiet_severity : null;
}
