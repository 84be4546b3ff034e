import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { ipKey } from '../../../server/ip-address.ts';
import { AuditRepository } from '../../../server/modules/audit/audit.repository.ts';
import { AuditService } from '../../../server/modules/audit/audit.service.ts';
import { ChainSeal } from '../../../server/modules/audit/audit-chain.ts';
import { CredentialRepository } from '../../../server/modules/credential/credential.repository.ts';
import { CredentialService } from '../../../server/modules/credential/credential.service.ts';
import { IntakeRepository } from '../../../server/modules/intake/intake.repository.ts';
import { IntakeService } from '../../../server/modules/intake/intake.service.ts';
import { IntakeActivityRepository } from '../../../server/modules/intake/intake-activity.repository.ts';
import { TenantRepository } from '../../../server/modules/tenant/tenant.repository.ts';
import { TenantService } from '../../../server/modules/tenant/tenant.service.ts';
import type { Database } from '../../../server/persistence/database.ts';
import type { AlertRow, EventRow } from '../../../server/persistence/journal/journal-group.ts';
import { fieldTerms } from '../../../server/persistence/search-terms.ts';
import { term, textCondition, writeTextQuery } from '../../../server/persistence/text-query.ts';
import { uuidV7 } from '../../../server/uuid-v7.ts';
import { aJournalGroup } from '../../support/journal-rows.ts';
import { openAt, openTestDatabase } from '../../support/open-database.ts';
import { runTocsin, settingsOf } from '../../support/server-process.ts';
import { createTestDatabase } from '../../support/test-database.ts';

/** SQL that would make the tables what the entities say. */
function missing(database: Database): Promise<string> {
  const em = database.em();
  const generator = em.getPlatform().getSchemaGenerator(em.getDriver(), em) as {
    getUpdateSchemaSQL(): Promise<string>;
  };
  return generator.getUpdateSchemaSQL();
}

function migrations(database: Database): Promise<{ name: string }[]> {
  return database.read('select name from migration order by id', []);
}

/** Every migration, in order. */
const all = [
  { name: '0001-initial' },
  { name: '0002-projections' },
  { name: '0003-edge' },
  { name: '0004-intakes' },
  { name: '0005-allowed-services' },
  { name: '0006-threat-intel' },
  { name: '0007-users' },
  { name: '0008-alert-pages' },
  { name: '0009-audit' },
  { name: '0010-service-rules' },
  { name: '0011-event-sinks' },
  { name: '0012-deliveries' },
  { name: '0013-triage' },
  { name: '0014-access' },
  { name: '0015-audit-chain' },
  { name: '0017-search' },
  { name: '0018-live' },
  { name: '0019-retention' },
  { name: '0020-rejected-format' },
  { name: '0021-sink-tests' },
];

describe('a new database', () => {
  it('has the tables that the entities describe, no more and no less', async () => {
    await using opened = await openTestDatabase();

    expect(await missing(opened.database)).toBe('');
  });

  it('would be found wanting if a column or an index were missing', async () => {
    await using opened = await openTestDatabase();
    const { database } = opened;
    await database.em().getDriver().execute('drop index alert_severity');
    await database.em().getDriver().execute('alter table alert drop column source_mac');

    expect(await missing(database)).toMatch(/alert_severity/);
    expect(await missing(database)).toMatch(/source_mac/);
  });

  it('stands at the start of its journal, with full text beside it', async () => {
    await using opened = await openTestDatabase();
    const { database } = opened;

    expect(await database.read('select * from journal_head', [])).toEqual([{ id: 1, event_seq: 0, feed_cursor: 0 }]);
    expect(await database.read('select count(*) as rows from event_text', [])).toEqual([{ rows: 0 }]);
  });
});

describe('migrations', () => {
  it('are made once, however often the database is opened', async () => {
    await using opened = await openTestDatabase();
    const made = await migrations(opened.database);
    for (let round = 0; round < 2; round++) await (await openAt(opened.place)).close();

    expect(made).toEqual(all);
    expect(await migrations(opened.database)).toEqual(made);
    expect(await missing(opened.database)).toBe('');
  });

  it('are made once when several processes open an empty database at the same time', async () => {
    const codes: (number | null)[] = [];
    const complaints: string[] = [];
    for (let round = 0; round < 3; round++) {
      const place = await createTestDatabase();
      // Not quite at the same time: each round they meet at other points of their work.
      const commands = Array.from({ length: 4 }, async (_, index) => {
        await sleep(index * round * 15);
        return runTocsin(['tenant', 'list'], settingsOf(place));
      });
      for (const { code, stderr } of await Promise.all(commands)) {
        codes.push(code);
        if (stderr !== '') complaints.push(stderr);
      }
      const database = await openAt(place);
      expect(await migrations(database)).toEqual(all);
      await database.close();
      await place.drop();
    }

    expect(complaints).toEqual([]);
    expect(codes).toEqual(codes.map(() => 0));
  });
});

describe('a database made before intakes told of what came by them', () => {
  it('knows it afterwards, and the kinds of its intakes', async () => {
    await using opened = await openTestDatabase();
    const { database, place } = opened;
    const now = () => 1_700_000_000_000;
    const seal = new ChainSeal('0'.repeat(64));
    const audit = new AuditService(new AuditRepository(database, seal), seal, now);
    const tenants = new TenantService(new TenantRepository(database), audit, now);
    const intakes = new IntakeService(new IntakeRepository(database), new IntakeActivityRepository(database), now);
    const credentials = new CredentialService(new CredentialRepository(database), tenants, intakes, 'key', now);
    for (const kind of ['API_TOKEN', 'DEVICE_KEY', 'INGEST_KEY'] as const) await credentials.create(kind, 'mixed');
    await credentials.create('API_TOKEN', 'person');
    const { id: tenantId } = await tenants.find();
    const other = uuidV7(now());
    const group = aJournalGroup([{ tenantId }, { tenantId }, { tenantId: other }], [tenantId, tenantId]);
    await database.commit(group);
    const activity = () =>
      database.read(
        'select intake_id, tenant_id, events, rejected, dropped, last_event_at, last_rejected_at, last_rejected_id from intake_activity order by events',
        [],
      );
    const kinds = () => database.read('select name, kind from intake order by name', []);
    const before = [await activity(), await kinds()];
    const em = database.em();
    for (const sql of [
      'drop table intake_activity',
      'drop table source_rhythm',
      'alter table credential drop column expires_at',
      ...['kind', 'is_watched', 'silence_after_seconds'].map((column) => `alter table intake drop column ${column}`),
      "delete from migration where name = '0004-intakes'",
    ]) {
      await em.execute(sql);
    }

    await (await openAt(place)).close();

    expect([await activity(), await kinds()]).toEqual(before);
    expect(await missing(database)).toBe('');
    expect(before[0]).toHaveLength(2);
    expect(before[1]).toEqual([
      { name: 'mixed', kind: 'EDGE_DEVICE' },
      { name: 'person', kind: 'API' },
    ]);
  });
});

describe('the database', () => {
  it('tells its kind, its version and the guarantees it was checked for', async () => {
    await using opened = await openTestDatabase();
    const { kind, version, checks } = opened.database;

    expect(kind).toBe(inject('postgresUrl') === undefined ? 'sqlite' : 'postgres');
    expect(version).toMatch(/^\d+\.\d+/);
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual(
      kind === 'sqlite'
        ? [
            'journal_mode is WAL',
            'synchronous is FULL',
            'foreign_keys is on',
            'busy_timeout is at least 5 s',
            'SQLite is at least 3.51.3 and not 3.52.0',
          ]
        : ['synchronous_commit is on', 'fsync is on', 'server_encoding is UTF8'],
    );
  });

  it('reads on a connection that cannot write', async () => {
    await using opened = await openTestDatabase();
    const { database } = opened;
    const write = database.read("insert into counter (tenant_id, name, value) values (?, 'x', 1) returning name", [
      '019aa5c2-3c00-7000-8000-000000000000',
    ]);

    await expect(write).rejects.toThrow(/read-?only/i);
    expect(await database.read('select * from counter', [])).toEqual([]);
  });
});

describe('a database made before full text held fields', () => {
  it('holds the same terms and addresses afterwards as one that is written now', async () => {
    await using opened = await openTestDatabase();
    const { database, place } = opened;
    const isPostgres = database.kind === 'postgres';
    const tenantId = uuidV7(0);
    const addresses = ['2001:db8::1', '10.0.0.3'];
    const group = aJournalGroup([
      { tenantId, fingerprint: 'one' },
      { tenantId },
      { tenantId, fingerprint: 'two', agent: 'Ä' },
    ]);
    group.events[0]?.splice(16, 2, ...addresses.map(ipKey));
    group.events[2]?.splice(16, 2, ipKey('203.0.113.10'), ipKey('10.0.0.3'));
    group.alerts[0]?.splice(9, 1, '2001:db8::1');
    await database.commit(group);
    const keys = () => database.read('select seq, source_key, destination_key from event order by seq', []);
    const found = (query: string) =>
      database.read<{ seq: number }>(
        `select seq from event e where ${textCondition(database.kind, 'e.seq')} order by seq`,
        [query],
      );
    const queries = [
      ...fieldTerms(group.events[0] as EventRow, group.alerts[0] as AlertRow),
      ...fieldTerms(group.events[2] as EventRow, group.alerts[2] as AlertRow),
    ].map((each) => writeTextQuery(database.kind, term(each)));
    const state = async () => [await keys(), await Promise.all([...new Set(queries)].map(found))];
    const before = await state();
    const em = database.em();
    for (const sql of [
      'drop table saved_view',
      ...(isPostgres
        ? ["update event_text set terms = array_to_tsvector(array['a', 'message'])"]
        : [
            'drop view event_text_source',
            'drop table event_text',
            "create virtual table event_text using fts5(title, message, content='event', content_rowid='seq', detail='none', tokenize='unicode61 remove_diacritics 2')",
          ]),
      'alter table event drop column source_key',
      'alter table event drop column destination_key',
      "delete from migration where name = '0017-search'",
    ]) {
      await em.execute(sql);
    }

    await (await openAt(place)).close();

    expect(await state()).toEqual(before);
    expect(await missing(database)).toBe('');
    expect((before[1] as unknown[][]).every((rows) => rows.length > 0)).toBe(true);
  });
});
