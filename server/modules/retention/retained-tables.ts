import type { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { RetainedDataSet } from '../../../schema/retention/retention.enum.ts';
import {
  alertColumns,
  alertCounters,
  eventColumns,
  lastIdOfEvent,
  rejectedEventColumns,
} from '../../persistence/journal/journal-group.ts';
import { type RecordKind, recordTable } from '../../persistence/journal/remove-records.ts';
import { leastUuidV7 } from '../../uuid-v7.ts';
import type { RetainedTable } from './retained-table.repository.ts';

/** The plus keeps SQLite from reading along the index of numbers, and sorting all that it finds by time. */
function alerts(kind: AlertKind): RetainedTable {
  return {
    table: 'alert',
    columns: alertColumns,
    condition: `r.kind = '${kind}'`,
    order: ['occurred_at', 'id'],
    time: 'r.occurred_at',
    counter: alertCounters[kind],
    indexes: 4,
    within: (where, { before, until }) => {
      if (before !== null) where.and('r.occurred_at < ?', before);
      where.and('+r.id <= ?', until);
    },
  };
}

function records(kind: RecordKind): RetainedTable {
  const { table, columns, counter } = recordTable(kind);
  return {
    table,
    columns,
    counter,
    order: ['occurred_at', 'id'],
    time: 'r.occurred_at',
    indexes: 1,
    within: (where, { before, until }) => {
      if (before !== null) where.and('r.occurred_at < ?', before);
      where.and('+r.id <= ?', lastIdOfEvent(until));
    },
  };
}

/**
 * Where each data set is, what orders it, and what makes a row old. Alerts and records are as old as what they tell of, but no older
 * than the event that brought them: what came late is kept as long as what came in time. All else is as old as its arrival.
 */
export const retainedTables: Readonly<Record<RetainedDataSet, RetainedTable>> = {
  NETWORK_ALERTS: alerts('NETWORK'),
  SERVER_ALERTS: alerts('SERVER'),
  DNS: records('DNS'),
  TCP: records('TCP'),
  DHCP: records('DHCP'),
  HTTP: records('HTTP'),
  TELEMETRY: records('TELEMETRY'),
  BACKUPS: records('BACKUP'),
  EVENTS: {
    table: 'event',
    columns: eventColumns,
    order: ['seq'],
    time: 'r.received_at',
    counter: 'events',
    indexes: 3,
    // Full text: measured as a share of the texts that are indexed, and what the terms of the fields come to.
    besides: {
      sqlite: '150 + 0.4 * (coalesce(octet_length(r.title), 0) + octet_length(r.message))',
      postgres: '300 + 1.2 * (coalesce(octet_length(r.title), 0) + octet_length(r.message))',
    },
    // An alert shows its event: that goes after it.
    free: 'not exists (select 1 from alert a where a.id = r.seq)',
    within: (where, { until }) => where.and('r.seq <= ?', until),
  },
  REJECTED_EVENTS: {
    table: 'rejected_event',
    columns: rejectedEventColumns,
    order: ['id'],
    time: 'r.received_at',
    counter: 'rejectedEvents',
    indexes: 2,
    within: (where, { before }) => {
      if (before !== null) where.and('r.id < ?', leastUuidV7(before));
    },
  },
  PACKET_CAPTURES: {
    table: 'packet_capture',
    columns: ['alert_id', 'tenant_id', 'bytes'],
    order: ['alert_id'],
    time: '(select a.occurred_at from alert a where a.id = r.alert_id)',
    counter: null,
    indexes: 1,
    within: (where, { until }) => where.and('r.alert_id <= ?', until),
  },
  DELIVERIES: {
    table: 'delivery',
    columns: ['id', 'tenant_id', 'sink_id', 'group_id', 'reason', 'status', 'alert_id', 'created_at'],
    order: ['number'],
    time: 'r.created_at',
    counter: 'deliveries',
    indexes: 7,
    // Its attempts, most often one.
    besides: { sqlite: '150', postgres: '180' },
    // What is queued, or gathers, is still to be told.
    free: "r.status in ('DELIVERED', 'DEAD') and r.claim is null",
    within: (where, { before }) => {
      if (before !== null) where.and('r.created_at < ?', before);
    },
  },
};
