import type { DeviceChanges, Sighting } from './device-book.ts';
import { type EventRow, type JournalGroup, type ObservedKind, observedKinds, placesAnEvent } from './journal-group.ts';
import { type ObservedTable, type Origin, projections, type StoredValue } from './observed-tables.ts';

/** The rows of one table that a transaction adds or merges. */
export interface TableRows {
  readonly table: ObservedTable;
  readonly rows: readonly StoredValue[][];
}

/** What observations came to beside their rows. */
export interface ObservedChanges {
  readonly gains: readonly Gain[];
  /** Devices that the feed tells of. */
  readonly devices: readonly (readonly [tenantId: string, id: number])[];
}

/** What a list of a tenant gained. */
export type Gain = readonly [tenantId: string, counter: string, by: number];

/** The rows that the observations of a group's stored events make, each key once in a table. An event stored before makes none. */
export function rowsToStore(group: JournalGroup): TableRows[] {
  return observedKinds.flatMap((kind) => (kind === 'device' ? [] : rowsOfKind(group, kind)));
}

function rowsOfKind(group: JournalGroup, kind: Exclude<ObservedKind, 'device'>): TableRows[] {
  const seen = originated(group, kind);
  if (seen.length === 0) return [];
  return projections[kind].map(({ table, rowOf }) => {
    const rows = seen.map(({ origin, values }) => rowOf(origin, values));
    return { table, rows: mergeRows(table, rows) };
  });
}

/** The hosts that the stored events of a group have seen, in the order of the events. */
export function sightingsIn(group: JournalGroup): Sighting[] {
  return originated(group, 'device').map(({ origin, values }) => {
    const [mac, ip, hostname, vendor, isNamedBySender] = values as (string | null)[];
    return {
      tenantId: origin.tenantId,
      at: origin.seenAt,
      mac: mac ?? null,
      ip: ip ?? null,
      hostname: hostname ?? null,
      vendor: vendor ?? null,
      isVendorGiven: Boolean(isNamedBySender),
    };
  });
}

function originated(group: JournalGroup, kind: ObservedKind): { origin: Origin; values: readonly StoredValue[] }[] {
  return (group.observed?.[kind] ?? []).flatMap(([place, ...values]) => {
    const number = place % placesAnEvent;
    const [seq, , tenantId, intakeId, occurredAt, receivedAt] = group.events[
      (place - number) / placesAnEvent
    ] as EventRow;
    if (seq === null) return [];
    const origin = {
      seq: Number(seq),
      id: Number(seq) * placesAnEvent + number,
      tenantId: String(tenantId),
      intakeId: String(intakeId),
      occurredAt: Number(occurredAt),
      seenAt: Math.min(Number(occurredAt), Number(receivedAt)),
    };
    return [{ origin, values }];
  });
}

/** One statement may name a key once only, and a row of fewer is cheaper to merge here. */
export function mergeRows({ columns }: ObservedTable, rows: StoredValue[][]): StoredValue[][] {
  const keys = columns.flatMap(({ merge }, index) => (merge === 'key' ? [index] : []));
  if (keys.length === 0) return rows;
  const merged = new Map<string, StoredValue[]>();
  for (const row of rows) {
    const key = keys.map((index) => row[index]).join('\n');
    const known = merged.get(key);
    if (!known) merged.set(key, row);
    else {
      columns.forEach(({ merge }, index) => {
        if (merge && merge !== 'key') known[index] = combine[merge](Number(known[index]), Number(row[index]));
      });
    }
  }
  return [...merged.values()];
}

const combine = {
  least: Math.min,
  greatest: Math.max,
  sum: (left: number, right: number) => left + right,
};

/** What is told of rows and devices that have been stored. */
export function changesOf(stored: readonly TableRows[], devices: DeviceChanges | undefined): ObservedChanges {
  const told = [...(devices?.news ?? []), ...(devices?.absorbed ?? [])];
  return { gains: gainsOf(stored, devices), devices: told.map(({ tenant_id, id }) => [tenant_id, Number(id)]) };
}

/** What the lists of each tenant gained by rows and devices. */
function gainsOf(stored: readonly TableRows[], devices: DeviceChanges | undefined): Gain[] {
  const gains = new Map<string, Gain>();
  const add = (tenantId: StoredValue | undefined, counter: string, by: number) => {
    const key = `${tenantId} ${counter}`;
    gains.set(key, [String(tenantId), counter, (gains.get(key)?.[2] ?? 0) + by]);
  };
  for (const { table, rows } of stored) {
    const tenantAt = table.columns.findIndex(({ name }) => name === 'tenant_id');
    if (table.counter !== null) for (const row of rows) add(row[tenantAt], table.counter, 1);
  }
  for (const { tenant_id } of devices?.opened ?? []) add(tenant_id, 'devices', 1);
  for (const { tenant_id } of devices?.absorbed ?? []) add(tenant_id, 'devices', -1);
  return [...gains.values()].filter(([, , by]) => by !== 0);
}
