import type { PoolClient } from 'pg';
import { activityColumns, addToActivity, sumActivity } from '../journal/activity.ts';
import {
  type AlertRow,
  alertColumns,
  type CommittedGroup,
  type EventRow,
  eventColumns,
  feedColumns,
  type GroupRow,
  groupColumns,
  type JournalGroup,
  rejectedEventColumns,
  type SqlValue,
} from '../journal/journal-group.ts';
import type { ObservedChanges } from '../journal/observed.ts';
import { followPredecessor, type GroupDelta, sumCounters, sumGroups } from '../journal/projection.ts';
import { fieldTerms } from '../search-terms.ts';
import { foldWord, wordsOf } from '../words.ts';
import { writeObserved } from './postgres-observed-writer.ts';

/**
 * Writes one journal group in one transaction: one `insert … select from unnest` a table. Updating `journal_head` first makes the
 * commits of all nodes take turns, so that numbers and cursors become visible in the order they were given.
 */
export async function commitGroup(client: PoolClient, group: JournalGroup): Promise<CommittedGroup> {
  await client.query('begin');
  try {
    const committed = await write(client, group);
    await client.query('commit');
    return committed;
  } catch (cause) {
    await client.query('rollback');
    throw cause;
  }
}

async function write(client: PoolClient, group: JournalGroup): Promise<CommittedGroup> {
  const alertCount = group.alerts.filter(Boolean).length;
  const { rows } = await client.query<{ event_seq: number; feed_cursor: number }>(
    'update journal_head set event_seq = event_seq + $1, feed_cursor = feed_cursor + $2 returning event_seq, feed_cursor',
    [group.events.length, alertCount],
  );
  const head = rows[0] ?? { event_seq: 0, feed_cursor: 0 };
  const before = head.event_seq - group.events.length;
  const repeats = await insertEvents(client, group, before);
  await insertRows(client, 'rejected_event', rejectedEventColumns, group.rejected);
  await insertRows(client, 'intake_activity', activityColumns, sumActivity(group), addToActivity);
  const devices = await project(client, group, head.feed_cursor - alertCount);
  await indexText(client, group);
  return { repeats, feedCursor: await tellOfDevices(client, devices, head.feed_cursor) };
}

/** Gives numbers to the events and stores them; those stored before lose their number and are answered with their id. */
async function insertEvents(client: PoolClient, group: JournalGroup, before: number): Promise<[number, string][]> {
  const events = group.events as readonly EventRow[];
  events.forEach((row, index) => {
    row[0] = before + index + 1;
  });
  const stored = await insertRows<{ seq: number }>(client, 'event', eventColumns, events, onResend);
  if (stored.length === events.length) return [];
  const isStored = new Set(stored.map(({ seq }) => seq));
  const repeated = events.map((row, index) => ({ row, index })).filter(({ row }) => !isStored.has(Number(row[0])));
  const { rows } = await client.query<{ position: number; id: string }>(findStored, [
    repeated.map(({ index }) => index),
    repeated.map(({ row }) => row[14]),
    repeated.map(({ row }) => row[3]),
    repeated.map(({ row }) => row[15]),
  ]);
  for (const { row } of repeated) row[0] = null;
  return rows.map(({ position, id }) => [position, id]);
}

/** Full text holds the same words as SQLite's: PostgreSQL's own parser would keep addresses and paths whole. */
async function indexText(client: PoolClient, group: JournalGroup): Promise<void> {
  const stored = group.events.flatMap((row, index) => (row[0] === null ? [] : [{ row, alert: group.alerts[index] }]));
  // A text may hold no word at all.
  const terms = stored.map(({ row, alert }) =>
    [...termsOf(`${row[11] ?? ''} ${row[12]}`), ...fieldTerms(row, alert ?? null)].join(' '),
  );
  await client.query(
    `insert into event_text (seq, terms)
     select seq, array_to_tsvector(string_to_array(terms, ' ')) from unnest($1::bigint[], $2::text[]) as text (seq, terms)`,
    [stored.map(({ row }) => row[0]), terms],
  );
}

/** A tsvector holds at most 1 MB of words: of a longer text the first ones are found. */
const mostTermBytes = 1_000_000;

function termsOf(text: string): ReadonlySet<string> {
  const terms = new Set<string>();
  let bytes = 0;
  for (const word of wordsOf(text)) {
    const term = foldWord(word);
    if (terms.has(term)) continue;
    bytes += Buffer.byteLength(term);
    if (bytes > mostTermBytes) break;
    terms.add(term);
  }
  return terms;
}

/** How many they are is known only once they are stored, so their cursors are given last. Answers the last cursor given. */
async function tellOfDevices(client: PoolClient, devices: ObservedChanges['devices'], cursor: number): Promise<number> {
  if (devices.length === 0) return cursor;
  const steps = devices.map(([tenantId, id], index) => [cursor + index + 1, tenantId, 'deviceChanged', id]);
  await client.query('update journal_head set feed_cursor = feed_cursor + $1', [steps.length]);
  await insertRows(client, 'feed', feedColumns, steps);
  return cursor + steps.length;
}

/** Answers the devices that have changed. */
async function project(client: PoolClient, group: JournalGroup, cursor: number): Promise<ObservedChanges['devices']> {
  const deltas = sumGroups(group);
  const opened = await openOrJoin(client, deltas);
  if (opened.length > 0) {
    const text = followPredecessor('alert_group.id = any($1::uuid[])');
    await client.query({ name: 'journal predecessor', text, values: [opened.map(([id]) => id)] });
  }
  const alerts = group.alerts.filter((row): row is AlertRow => row !== null && row[0] !== null);
  await insertRows(client, 'alert', alertColumns, alerts);
  const feed = alerts.map((row, index) => [cursor + index + 1, row[2], 'alertRaised', row[0]]);
  await insertRows(client, 'feed', feedColumns, feed);
  const { gains, devices } = group.observed ? await writeObserved(client, group) : { gains: [], devices: [] };
  const counters = [...sumCounters(group, opened), ...gains];
  await insertRows(client, 'counter', ['tenant_id', 'name', 'value'], counters, addToCounter);
  return devices;
}

/** Puts each alert into its open group, opening one where there is none; returns the groups that are new. */
async function openOrJoin(client: PoolClient, deltas: readonly GroupDelta[]): Promise<GroupRow[]> {
  const stored = await insertRows<{ id: string; tenant_id: string; fingerprint: string }>(
    client,
    'alert_group',
    groupColumns,
    deltas.map(({ row }) => row),
    joinOpenGroup,
  );
  const idOf = new Map(stored.map((row) => [`${row.tenant_id} ${row.fingerprint}`, row.id]));
  return deltas.flatMap(({ row, alerts }) => {
    const id = idOf.get(`${row[1]} ${row[2]}`) ?? null;
    for (const alert of alerts) alert[1] = id;
    return id === row[0] ? [row] : [];
  });
}

async function insertRows<Returned extends object>(
  client: PoolClient,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  rest = '',
): Promise<Returned[]> {
  if (rows.length === 0) return [];
  const arrays = columns.map((_, column) => rows.map((row) => row[column] ?? null));
  const casts = columns.map((column, index) => `$${index + 1}::${typeOf(table, column)}[]`).join(', ');
  const text = `insert into ${table} (${columns.join(', ')}) select * from unnest(${casts}) ${rest}`;
  const { rows: returned } = await client.query<Returned>({ name: `journal ${table}`, text, values: arrays });
  return returned;
}

const bigints = [
  'seq',
  'occurred_at',
  'received_at',
  'cursor',
  'subject',
  'count',
  'first_seen',
  'last_seen',
  'last_alert_id',
  'value',
  'events',
  'rejected',
  'dropped',
  'last_event_at',
  'last_rejected_at',
  'window_no',
  'window_events',
  'previous_events',
];
const integers = ['severity', 'source_port', 'destination_port'];
const uuids = ['id', 'tenant_id', 'intake_id', 'group_id', 'last_rejected_id', 'source_key', 'destination_key'];

function typeOf(table: string, column: string): string {
  // An alert's id is a number; every other `id` is a UUID.
  if (bigints.includes(column) || (table === 'alert' && column === 'id')) return 'bigint';
  if (integers.includes(column)) return 'int';
  if (column === 'is_alert') return 'bool';
  return uuids.includes(column) ? 'uuid' : 'text';
}

const onResend = `on conflict (external_id, intake_id, digest) where external_id is not null do nothing returning seq`;

const findStored = `select wanted.position, event.id
  from unnest($1::int[], $2::text[], $3::uuid[], $4::text[]) as wanted (position, external_id, intake_id, digest)
  join event using (external_id, intake_id, digest)`;

const joinOpenGroup = `on conflict (tenant_id, fingerprint) where closed_at is null do update set
    severity = greatest(alert_group.severity, excluded.severity), count = alert_group.count + excluded.count,
    first_seen = least(alert_group.first_seen, excluded.first_seen),
    last_seen = greatest(alert_group.last_seen, excluded.last_seen),
    last_alert_id = greatest(alert_group.last_alert_id, excluded.last_alert_id)
  returning id, tenant_id, fingerprint`;

const addToCounter = 'on conflict (tenant_id, name) do update set value = counter.value + excluded.value';
