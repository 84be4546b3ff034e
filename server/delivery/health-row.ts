import type { SqlValue } from '../persistence/journal/journal-group.ts';
import type { SinkHealth } from './breaker.ts';

/** A row of `sink_health`. */
export interface HealthRow {
  readonly sink_id: string;
  readonly recent: string;
  readonly open_until: number | null;
  readonly trips: number;
  readonly probe_until: number | null;
  readonly not_before: number | null;
  readonly failing_since: number | null;
}

/** Its columns beside the sink and the tenant, in the order of `healthValues`. */
export const healthColumns = ['recent', 'open_until', 'trips', 'probe_until', 'not_before', 'failing_since'];

export function healthValues(health: SinkHealth): SqlValue[] {
  return [
    JSON.stringify(health.recent),
    health.openUntil,
    health.trips,
    health.probeUntil,
    health.notBefore,
    health.failingSince,
  ];
}

export function toHealth(row: HealthRow): SinkHealth {
  return {
    recent: JSON.parse(row.recent) as SinkHealth['recent'],
    openUntil: row.open_until,
    trips: row.trips,
    probeUntil: row.probe_until,
    notBefore: row.not_before,
    failingSince: row.failing_since,
  };
}
