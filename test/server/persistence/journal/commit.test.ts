import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../../server/persistence/database.ts';
import type { JournalGroup } from '../../../../server/persistence/journal/journal-group.ts';
import { uuidV7 } from '../../../../server/uuid-v7.ts';
import { aJournalGroup, idsOf } from '../../../support/journal-rows.ts';
import { type OpenedDatabase, openTestDatabase } from '../../../support/open-database.ts';

let opened: OpenedDatabase;
let database: Database;
let tenantId: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  database = opened.database;
});

beforeEach(() => {
  tenantId = uuidV7(Date.now());
});

afterAll(() => opened[Symbol.asyncDispose]());

async function commit(group: JournalGroup): Promise<string[]> {
  return idsOf(group, (await database.commit(group)).repeats);
}

const tables = [
  'event',
  'alert',
  'alert_group',
  'counter',
  'feed',
  'rejected_event',
  'intake_activity',
  'event_text',
  'journal_head',
];

/** Every row of every table that the journal writes. */
async function everything(): Promise<Record<string, unknown>> {
  const rows = tables.map(async (table) => {
    const wanted = table === 'event_text' ? 'count(*) as rows' : '*';
    return [table, await database.read(`select ${wanted} from ${table} order by 1`, [])];
  });
  return Object.fromEntries(await Promise.all(rows));
}

const groups = () =>
  database.read(
    'select fingerprint, count, severity, first_seen, last_seen from alert_group where tenant_id = ? order by fingerprint',
    [tenantId],
  );

const counters = () => database.read('select name, value from counter where tenant_id = ? order by name', [tenantId]);

describe('commit', () => {
  it('stores events, alerts, groups, feed, rejected rows, counters and full text together', async () => {
    const group = aJournalGroup(
      [
        { tenantId, fingerprint: 'a', severity: 3, occurredAt: 2000, message: 'zebra crossing' },
        { tenantId, fingerprint: 'a', severity: 2, occurredAt: 3000 },
        { tenantId, fingerprint: 'b', severity: 5, occurredAt: 1000 },
        { tenantId },
      ],
      [tenantId, tenantId],
    );
    const [first] = await commit(group);

    expect(await groups()).toEqual([
      { fingerprint: 'a', count: 2, severity: 3, first_seen: 2000, last_seen: 3000 },
      { fingerprint: 'b', count: 1, severity: 5, first_seen: 1000, last_seen: 1000 },
    ]);
    expect(await counters()).toEqual([
      { name: 'alertGroups', value: 2 },
      { name: 'alerts', value: 3 },
      { name: 'events', value: 4 },
      { name: 'networkAlerts', value: 3 },
      { name: 'rejectedEvents', value: 2 },
    ]);
    const alerts = await database.read<{ id: number; seq: number; subject: number; fingerprint: string }>(
      `select a.id, e.seq, f.subject, g.fingerprint from alert a join event e on e.seq = a.id
       join feed f on f.subject = a.id join alert_group g on g.id = a.group_id where a.tenant_id = ? order by f.cursor`,
      [tenantId],
    );
    expect(alerts.map(({ fingerprint }) => fingerprint)).toEqual(['a', 'a', 'b']);
    const { sql, params } = database.textMatch(['zebra'], 'e.seq');
    expect(
      await database.read(`select e.id from event e where e.tenant_id = ? and ${sql}`, [tenantId, ...params]),
    ).toEqual([{ id: first }]);
    expect(await database.read('select reason, raw from rejected_event where tenant_id = ?', [tenantId])).toEqual([
      { reason: 'it is no alert', raw: '{}' },
      { reason: 'it is no alert', raw: '{}' },
    ]);
  });

  it('joins later alerts to the open group', async () => {
    await commit(aJournalGroup([{ tenantId, fingerprint: 'a', severity: 4, occurredAt: 5000 }]));
    await commit(aJournalGroup([{ tenantId, fingerprint: 'a', severity: 2, occurredAt: 1000 }]));
    await commit(aJournalGroup([{ tenantId, fingerprint: 'a', severity: 3, occurredAt: 9000 }]));

    expect(await groups()).toEqual([{ fingerprint: 'a', count: 3, severity: 4, first_seen: 1000, last_seen: 9000 }]);
    expect(
      await database.read(
        'select g.last_alert_id - max(a.id) as behind from alert a join alert_group g on g.id = a.group_id where g.tenant_id = ? group by g.id',
        [tenantId],
      ),
    ).toEqual([{ behind: 0 }]);
  });

  it('keeps groups of one fingerprint apart for two tenants', async () => {
    const other = uuidV7(Date.now());
    await commit(
      aJournalGroup([
        { tenantId, fingerprint: 'a' },
        { tenantId: other, fingerprint: 'a' },
        { tenantId, fingerprint: 'a' },
      ]),
    );

    expect(await groups()).toMatchObject([{ count: 2 }]);
  });

  it('answers repeats, within a group and later, with the id of the first, and counts them once', async () => {
    const record = { tenantId, externalId: 'x', fingerprint: 'a' };
    const [first, second, third] = await commit(aJournalGroup([record, { tenantId }, record]));
    const [, fourth] = await commit(aJournalGroup([{ tenantId }, record]));

    expect([third, fourth]).toEqual([first, first]);
    expect(second).not.toBe(first);
    expect(await groups()).toMatchObject([{ count: 1 }]);
    expect(await counters()).toEqual([
      { name: 'alertGroups', value: 1 },
      { name: 'alerts', value: 1 },
      { name: 'events', value: 3 },
      { name: 'networkAlerts', value: 1 },
    ]);
  });

  it('takes for another event one of the same id but other content, intake or none', async () => {
    const record = { tenantId, externalId: 'x' };
    const ids = await commit(
      aJournalGroup([
        record,
        { ...record, digest: 'other' },
        { ...record, intakeId: uuidV7(Date.now()) },
        { tenantId, externalId: null },
        { tenantId, externalId: null },
      ]),
    );

    expect(new Set(ids).size).toBe(5);
    expect(await counters()).toEqual([{ name: 'events', value: 5 }]);
  });

  it('stores rejected rows alone', async () => {
    await commit(aJournalGroup([], [tenantId]));

    expect(await counters()).toEqual([{ name: 'rejectedEvents', value: 1 }]);
  });

  it('opens a new group once the old one is closed', async () => {
    await commit(aJournalGroup([{ tenantId, fingerprint: 'a' }]));
    await database.em().getDriver().execute(`update alert_group set closed_at = 1 where tenant_id = '${tenantId}'`);
    await commit(
      aJournalGroup([
        { tenantId, fingerprint: 'a' },
        { tenantId, fingerprint: 'a' },
      ]),
    );

    expect((await groups()).map((row) => (row as { count: number }).count).sort()).toEqual([1, 2]);
    expect(await counters()).toContainEqual({ name: 'alertGroups', value: 2 });
  });

  it.each([
    [
      'breaks a rule of a table',
      [
        { message: 'good', fingerprint: 'a' },
        { message: null, fingerprint: 'b' },
      ],
    ],
    ['breaks one after repeats', [{ externalId: 'x' }, { externalId: 'x' }, { externalId: 'y', message: null }]],
  ])('leaves nothing of a group behind that %s, and the next finds all as it was', async (_, records) => {
    await commit(aJournalGroup([{ tenantId, fingerprint: 'a', externalId: 'kept' }]));
    const before = await everything();
    const bad = aJournalGroup(
      records.map((record) => ({ tenantId, ...record })),
      [tenantId],
    );

    await expect(database.commit(bad)).rejects.toThrow(/null/i);
    expect(await everything()).toEqual(before);
    const head = (before['journal_head'] as { event_seq: number; feed_cursor: number }[])[0]!;
    const next = aJournalGroup([{ tenantId, fingerprint: 'a', externalId: 'next' }]);
    expect(await database.commit(next)).toEqual({ repeats: [], feedCursor: head.feed_cursor + 1 });
    expect(
      await database.read('select seq from event where external_id = ? and tenant_id = ?', ['next', tenantId]),
    ).toEqual([{ seq: head.event_seq + 1 }]);
  });

  it('keeps instants, large numbers and every character as they were', async () => {
    const message = '\r\n\t\u001b\u2028\u{1F600}\'"\\{}[],%_\\N\uFFFD';
    await commit(aJournalGroup([{ tenantId, occurredAt: 253_402_214_400_000, title: null, message }]));

    expect(
      await database.read('select occurred_at, title, message from event where tenant_id = ?', [tenantId]),
    ).toEqual([{ occurred_at: 253_402_214_400_000, title: null, message }]);
  });

  it('stores a message of megabytes of different words, found by its first', async () => {
    const message = Array.from({ length: 300_000 }, (_, index) => `w${index.toString(36)}x${index}`).join(' ');
    await commit(aJournalGroup([{ tenantId, title: null, message }]));
    const { sql, params } = database.textMatch(['w0x0'], 'e.seq');

    expect(
      await database.read(`select length(e.message) as length from event e where e.tenant_id = ? and ${sql}`, [
        tenantId,
        ...params,
      ]),
    ).toEqual([{ length: message.length }]);
  });
});
