import type { AlertKind } from '../../../schema/alert/alert.enum.ts';

/** A value that both databases take as a bound parameter and give back. */
export type SqlValue = string | number | null;

/** Columns of `event` in the order of an `EventRow`; the writer puts `seq` into the first place. */
export const eventColumns = [
  'seq',
  'id',
  'tenant_id',
  'intake_id',
  'occurred_at',
  'received_at',
  'format',
  'host',
  'app',
  'severity',
  'is_alert',
  'title',
  'message',
  'raw',
  'external_id',
  'digest',
  'source_key',
  'destination_key',
] as const;

/** Columns of `alert` in the order of an `AlertRow`; the writer puts the event's `seq` and the group's id into the first two. */
export const alertColumns = [
  'id',
  'group_id',
  'tenant_id',
  'kind',
  'occurred_at',
  'severity',
  'type',
  'agent',
  'agent_name',
  'source_ip',
  'source_mac',
  'source_port',
  'destination_ip',
  'destination_mac',
  'destination_port',
] as const;

/** What the exact counts of a tenant's alerts of each kind are called. */
export const alertCounters: Readonly<Record<AlertKind, string>> = { NETWORK: 'networkAlerts', SERVER: 'serverAlerts' };

export const rejectedEventColumns = ['id', 'tenant_id', 'intake_id', 'received_at', 'reason', 'raw', 'format'] as const;

export const feedColumns = ['cursor', 'tenant_id', 'topic', 'subject'] as const;

export const groupColumns = [
  'id',
  'tenant_id',
  'fingerprint',
  'kind',
  'severity',
  'type',
  'title',
  'status',
  'count',
  'first_seen',
  'last_seen',
  'last_alert_id',
] as const;

/** A row's values in the order of its columns. */
export type RowOf<Columns extends readonly unknown[]> = { -readonly [Index in keyof Columns]: SqlValue };

export type EventRow = RowOf<typeof eventColumns>;
export type AlertRow = RowOf<typeof alertColumns>;
export type RejectedEventRow = RowOf<typeof rejectedEventColumns>;
export type GroupRow = RowOf<typeof groupColumns>;

/** What events can bring along beside themselves. */
export const observedKinds = [
  'device',
  'service',
  'dns',
  'tcp',
  'dhcp',
  'http',
  'telemetry',
  'backup',
  'packet',
] as const;

export type ObservedKind = (typeof observedKinds)[number];

/** The most observations of one event that are kept. */
export const placesAnEvent = 1024;

/** The greatest number that a record of an event can have: those of all later events have greater ones. */
export function lastIdOfEvent(seq: number): number {
  return (seq + 1) * placesAnEvent - 1;
}

/**
 * One observation. First its place: its event's index in the group times `placesAnEvent`, plus its own number in the event; then
 * its values, as the kind's entry in observed-tables.ts reads them. Tenant, intake and time are its event's.
 */
export type ObservedRow = readonly [place: number, ...values: (SqlValue | Uint8Array)[]];

export type ObservedRows = { readonly [Kind in ObservedKind]?: readonly ObservedRow[] };

/**
 * What one transaction writes. Rows are arrays, not objects, because they cross into the writer's thread, where a name a value
 * would cost more than the value.
 */
export interface JournalGroup {
  readonly events: readonly EventRow[];
  /** For each event the alert it raises, or null. */
  readonly alerts: readonly (AlertRow | null)[];
  /** For each event the fingerprint of its alert's group, or null. */
  readonly fingerprints: readonly (string | null)[];
  readonly rejected: readonly RejectedEventRow[];
  /** What the events say of the network besides; absent where they say nothing, as most do. */
  readonly observed?: ObservedRows | undefined;
}

/** What a committed group came to. */
export interface CommittedGroup {
  /** Events that were stored before: position in the group and the stored event's id. */
  readonly repeats: readonly (readonly [index: number, id: string])[];
  /** The last step of the feed when the group was committed. */
  readonly feedCursor: number;
}
