const dayMs = 24 * 60 * 60 * 1000;
const weekMs = 7 * dayMs;
/** 1970-01-01 was a Thursday: the first Monday came four days later. */
const firstMonday = 4 * dayMs;

interface Week {
  /** The UUIDv7s of the week are those from `from` up to, not including, `until`, compared as text. */
  readonly from: string;
  readonly until: string;
  /** `2026-w07` */
  readonly name: string;
}

let latest: Week = { from: '', until: '', name: '' };

/**
 * Names the search index of a tenant that holds an event: `org-{tenant}-{ISO year}-w{ISO week}-events`, by the receive
 * time (UTC) in the event's UUIDv7.
 */
export function indexNamer(tenantId: string): (eventId: string) => string {
  let week: Week | undefined;
  let name = '';
  return (eventId) => {
    if (week === undefined || eventId < week.from || eventId >= week.until) {
      week = weekOf(eventId);
      name = `org-${tenantId}-${week.name}-events`;
    }
    return name;
  };
}

/** Nearly every event is of the week of the event before it, so that week is kept. */
function weekOf(eventId: string): Week {
  if (eventId < latest.from || eventId >= latest.until) {
    const received = Number.parseInt(eventId.slice(0, 8) + eventId.slice(9, 13), 16);
    const monday = firstMonday + Math.floor((received - firstMonday) / weekMs) * weekMs;
    latest = { from: idPrefix(monday), until: idPrefix(monday + weekMs), name: weekName(monday) };
  }
  return latest;
}

/** The first 13 characters of the ids of a millisecond: a prefix sorts before all that begin with it. */
function idPrefix(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

/** An ISO week belongs to the year of its Thursday. */
function weekName(monday: number): string {
  const thursday = monday + 3 * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const week = 1 + Math.floor((thursday - Date.UTC(year, 0, 1)) / weekMs);
  return `${year}-w${String(week).padStart(2, '0')}`;
}
