import { type SeverityName, severities } from '../../components/severities.ts';
import type { DeliveryTile, SinkTile, SourceTile } from '../../generated/overview.ts';

export const bucketMinutes = 30;
const bucketMs = bucketMinutes * 60_000;
const dayMs = 86_400_000;

/** The last 24 hours in whole stretches of UTC: what clocks do in spring and autumn leaves them as long as they are. */
export function lastDay(now: Date): { readonly from: string; readonly to: string } {
  const end = Math.floor(now.getTime() / bucketMs) * bucketMs + bucketMs;
  return { from: new Date(end - dayMs).toISOString(), to: new Date(end).toISOString() };
}

export interface Activity {
  /** Beginnings of the stretches, in epoch seconds. */
  readonly times: readonly number[];
  /** By severity, a number for each stretch; only those that occur. */
  readonly series: readonly { readonly severity: SeverityName; readonly values: readonly number[] }[];
  readonly total: number;
}

interface Bucket {
  readonly startsAt: string;
  readonly counts: readonly { readonly severity: SeverityName; readonly count: number }[];
}

/** What the server left out, because there was nothing, is filled in with zeros. */
export function fillActivity(found: readonly Bucket[], { from, to }: { from: string; to: string }): Activity {
  const start = Date.parse(from);
  const length = Math.round((Date.parse(to) - start) / bucketMs);
  const rows = new Map<SeverityName, number[]>();
  for (const { startsAt, counts } of found) {
    const at = Math.floor((Date.parse(startsAt) - start) / bucketMs);
    for (const { severity, count } of counts) {
      const values = rows.get(severity) ?? new Array<number>(length).fill(0);
      values[at] = (values[at] ?? 0) + count;
      rows.set(severity, values);
    }
  }
  const series = severities.flatMap((severity) => {
    const values = rows.get(severity);
    return values ? [{ severity, values }] : [];
  });
  const total = series.reduce((sum, { values }) => sum + sumOf(values), 0);
  return { times: Array.from({ length }, (_, at) => (start + at * bucketMs) / 1_000), series, total };
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** The last sixty minutes, and the one under way. */
export function lastHour(now: Date): { readonly from: string; readonly to: string } {
  const end = Math.floor(now.getTime() / 60_000) * 60_000 + 60_000;
  return { from: new Date(end - 61 * 60_000).toISOString(), to: new Date(end).toISOString() };
}

/** Where most alerts happened: the beginning of the stretch in epoch seconds. */
export function peakOf({ times, series }: Activity): number | undefined {
  const sums = times.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
  return times[sums.indexOf(Math.max(...sums))];
}

export type SourceState = 'silent' | 'never' | 'reports';

/** Without a limit of its own a source may rest for a day; the server's watch knows its rhythm and tells of it by an alert. */
const restMs = dayMs;

export function stateOf({ activity, isWatched, silenceAfterSeconds }: SourceTile, now: Date): SourceState {
  if (activity.lastEventAt === null) return 'never';
  const allowed = silenceAfterSeconds === null ? restMs : silenceAfterSeconds * 1_000;
  return isWatched && now.getTime() - Date.parse(activity.lastEventAt) > allowed ? 'silent' : 'reports';
}

/** What people connected: not Tocsin's own stream, and of their tokens' streams only those that somebody watches. */
export function ofSenders(sources: readonly SourceTile[]): readonly SourceTile[] {
  return sources.filter(({ kind, isWatched }) => kind !== 'INTERNAL' && (kind !== 'API' || isWatched));
}

const ranks: readonly SourceState[] = ['silent', 'never', 'reports'];

/** The silent ones first, then those that have yet to speak; the longest silence first. */
export function sortSources(sources: readonly SourceTile[], now: Date): readonly SourceTile[] {
  const lastAt = ({ activity, createdAt }: SourceTile) => Date.parse(activity.lastEventAt ?? createdAt);
  return sources.toSorted(
    (one, other) =>
      ranks.indexOf(stateOf(one, now)) - ranks.indexOf(stateOf(other, now)) || lastAt(one) - lastAt(other),
  );
}

export type SinkState = 'switchedOff' | 'paused' | 'failing' | 'trying' | 'well' | 'idle';

/** How the latest of what a sink was told went. */
export function healthOf(sink: SinkTile, deliveries: readonly DeliveryTile[]): SinkState {
  if (sink.switchedOffReason !== null) return 'switchedOff';
  if (!sink.isEnabled) return 'paused';
  const [latest] = deliveries
    .filter(({ sinkId, status }) => sinkId === sink.id && status !== 'GATHERING')
    .toSorted((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt));
  if (!latest) {
    if (!sink.lastTest) return 'idle';
    return sink.lastTest.delivered ? 'well' : 'failing';
  }
  if (latest.status === 'DEAD') return 'failing';
  return latest.status === 'QUEUED' ? 'trying' : 'well';
}

/** A database of fewer events is mostly what it takes when it is empty, and less than a day tells nothing of a night. */
const leastEvents = 1_000;

/**
 * Days until the disk is full, if the database goes on growing as it has since its first source was made; undefined: too early to
 * tell.
 */
export function daysLeft(
  { sizeBytes, freeBytes, events }: { sizeBytes: number; freeBytes: number; events: number },
  ageMs: number,
): number | undefined {
  if (events < leastEvents || ageMs < dayMs) return undefined;
  return (freeBytes * ageMs) / (sizeBytes * dayMs);
}
