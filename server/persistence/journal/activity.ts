import type { EventRow, JournalGroup, RowOf, SqlValue } from './journal-group.ts';

/** The length of the windows by which the rate of an intake is told, in milliseconds. */
export const rateWindowMs = 5 * 60_000;

/** Columns of `intake_activity` in the order of an `ActivityRow`. */
export const activityColumns = [
  'intake_id',
  'tenant_id',
  'events',
  'rejected',
  'dropped',
  'last_event_at',
  'last_rejected_at',
  'last_rejected_id',
  'window_no',
  'window_events',
  'previous_events',
] as const;

export type ActivityRow = RowOf<typeof activityColumns>;

/** Adds a row to the one that an intake has, in the SQL of both databases. */
export const addToActivity = `on conflict (intake_id) do update set
  events = intake_activity.events + excluded.events,
  rejected = intake_activity.rejected + excluded.rejected,
  dropped = intake_activity.dropped + excluded.dropped,
  last_event_at = coalesce(excluded.last_event_at, intake_activity.last_event_at),
  last_rejected_at = coalesce(excluded.last_rejected_at, intake_activity.last_rejected_at),
  last_rejected_id = coalesce(excluded.last_rejected_id, intake_activity.last_rejected_id),
  previous_events = case
    when excluded.window_no <= intake_activity.window_no then intake_activity.previous_events
    when excluded.window_no = intake_activity.window_no + 1 then intake_activity.window_events
    else 0 end,
  window_events = excluded.window_events + case
    when excluded.window_no <= intake_activity.window_no then intake_activity.window_events
    else 0 end,
  window_no = case
    when excluded.window_no > intake_activity.window_no then excluded.window_no
    else intake_activity.window_no end`;

/** What each intake gained by a group: one row an intake. An event whose `seq` is null was a repeat. */
export function sumActivity(group: JournalGroup): ActivityRow[] {
  const rows = new Map<SqlValue, ActivityRow>();
  const rowOf = (intakeId: SqlValue, tenantId: SqlValue, receivedAt: SqlValue): ActivityRow => {
    let row = rows.get(intakeId);
    if (!row) {
      const windowNo = Math.floor(Number(receivedAt) / rateWindowMs);
      row = [intakeId, tenantId, 0, 0, 0, null, null, null, windowNo, 0, 0];
      rows.set(intakeId, row);
    }
    return row;
  };
  for (let index = 0; index < group.events.length; index++) {
    const [seq, , tenantId, intakeId, , receivedAt] = group.events[index] as EventRow;
    if (seq === null) continue;
    const row = rowOf(intakeId, tenantId, receivedAt);
    row[2] = Number(row[2]) + 1;
    row[5] = receivedAt;
    row[9] = Number(row[9]) + 1;
  }
  for (const [id, tenantId, intakeId, receivedAt] of group.rejected) {
    const row = rowOf(intakeId, tenantId, receivedAt);
    row[3] = Number(row[3]) + 1;
    row[6] = receivedAt;
    row[7] = id;
  }
  return [...rows.values()];
}

/** Events a minute of late, from the two windows: of the window before, only as much counts as a window's length reaches back. */
export function eventsPerMinute(
  { windowNo, windowEvents, previousEvents }: { windowNo: number; windowEvents: number; previousEvents: number },
  nowMs: number,
): number {
  const now = nowMs / rateWindowMs;
  const [current, before] =
    Math.floor(now) <= windowNo
      ? [windowEvents, previousEvents]
      : Math.floor(now) === windowNo + 1
        ? [0, windowEvents]
        : [0, 0];
  return ((current + before * (1 - (now % 1))) * 60_000) / rateWindowMs;
}
