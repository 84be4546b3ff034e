import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from '../../../server/ingest/journal.ts';
import { createLog } from '../../../server/log.ts';
import { createMetrics } from '../../../server/metrics.ts';
import { uuidV7 } from '../../../server/uuid-v7.ts';
import { aJournalGroup, type JournalRecord } from '../../support/journal-rows.ts';
import { aDevice, aLookup } from '../../support/observations.ts';
import { type OpenedDatabase, openTestDatabase } from '../../support/open-database.ts';

let opened: OpenedDatabase;
let journal: Journal;
let tenantId: string;

beforeAll(async () => {
  opened = await openTestDatabase();
  const limits = { events: 10_000, bytes: 10_000_000 };
  journal = new Journal(opened.database, limits, createMetrics(), createLog('silent'), () => {});
});

beforeEach(() => {
  tenantId = uuidV7(Date.now());
});

afterAll(async () => {
  await journal.close();
  await opened[Symbol.asyncDispose]();
});

const append = (...records: Omit<JournalRecord, 'tenantId'>[]) =>
  journal.append(aJournalGroup(records.map((record) => ({ tenantId, ...record }))), 100);

/** What each stored event was said to have looked up. */
const lookups = () =>
  opened.database.read<{ title: string; query: string }>(
    'select e.title, r.query from dns_record r join event e on e.seq = r.id / 1024 where r.tenant_id = ? order by r.id',
    [tenantId],
  );

const says = (title: string) => ({ title, observations: [aLookup({ query: title })] });

describe('requests that share a commit', () => {
  it('keep what each of their events says with that event, beside requests that say nothing', async () => {
    await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        if (index % 3 === 0) return append({}, {});
        return append({ title: 'silent' }, says(`first of ${index}`), { title: 'silent' }, says(`second of ${index}`));
      }),
    );

    const rows = await lookups();
    expect(rows).toHaveLength(80);
    expect(rows.filter(({ title, query }) => title !== query)).toEqual([]);
  });

  it('come to one device, from its first time to its last', async () => {
    const observations = [aDevice({ mac: 'B8:27:EB:00:00:01', ip: '10.0.0.5' })];
    await Promise.all(
      Array.from({ length: 100 }, (_, index) => append({ occurredAt: 5000 + ((index * 37) % 100), observations })),
    );

    expect(
      await opened.database.read('select mac, first_seen, last_seen from device where tenant_id = ?', [tenantId]),
    ).toEqual([{ mac: 'B8:27:EB:00:00:01', first_seen: 5000, last_seen: 5099 }]);
  });

  it('are stored each alone, with what they say, where one of them cannot be stored', async () => {
    const good = [append(says('a'), {}), append({}, says('b'))];
    const bad = append({ ...says('bad'), message: null });
    const [last, refused] = await Promise.allSettled([append({}, {}, says('c')), bad, ...good]);

    expect([last?.status, refused?.status]).toEqual(['fulfilled', 'rejected']);
    expect((await lookups()).map(({ title, query }) => [title, query]).sort()).toEqual([
      ['a', 'a'],
      ['b', 'b'],
      ['c', 'c'],
    ]);
  });
});
