import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../server/log.ts';
import { createMetrics } from '../../../server/metrics.ts';
import { backupLookMs, OwnBackups } from '../../../server/own-backup/own-backups.ts';
import { saysDamaged } from '../../../server/persistence/sqlite/sqlite-backup.ts';
import { backUpInThread } from '../../../server/persistence/sqlite/sqlite-backup-thread.ts';
import { aWazuhAlert } from '../../support/builders.ts';
import { startTestGateway, type TestGateway } from '../../support/test-gateway.ts';
import { readMetric } from '../../support/test-tenant.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const minute = 60_000;
const day = 86_400_000;
const noon = Date.parse('2026-11-21T12:00:00Z');
const shown = `{ about { backups { everySeconds keep nextAt isLate last { at file sizeBytes } failure { at problem } } } }`;

let gateway: TestGateway | undefined;
let clock: VirtualClock;
let root: string;

beforeEach(() => {
  clock = new VirtualClock(noon);
  root = mkdtempSync(join(tmpdir(), 'tocsin-own-backup-'));
});

afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
  rmSync(root, { recursive: true, force: true });
});

const about = async (of: TestGateway) => (await of.graphql(shown)).data.about.backups;

function eventsIn(file: string): number {
  const database = new Database(file, { readonly: true });
  try {
    return Number(database.prepare('select count(*) from event').pluck().get());
  } finally {
    database.close();
  }
}

/** The backups of a folder that has no server: copies as given, room as given. */
function alone(parts: Partial<ConstructorParameters<typeof OwnBackups>[0]> = {}) {
  const metrics = createMetrics();
  const copied: string[] = [];
  const copy = (target: string) => {
    copied.push(target);
    writeFileSync(target, 'copy');
    return { copy: Promise.resolve({ file: target, bytes: 4, events: 1 }), stop() {} };
  };
  const backups = new OwnBackups({
    config: { dataDir: root, backupEveryMs: day, backupKeep: 2, backupDir: undefined },
    ...{ source: join(root, 'tocsin.db'), copy, saysDamaged, metrics, log: createLog('silent'), now: clock.now },
    ...parts,
  });
  return { backups, metrics, copied };
}

describe('a server', () => {
  it('backs up after its first minutes and then daily, keeps as many as it is told to, and only deletes its own', async () => {
    const looks = new Set<() => Promise<void>>();
    gateway = await startTestGateway({
      now: clock.now,
      every: (ms, look) => {
        if (ms === backupLookMs) looks.add(look);
        return () => looks.delete(look);
      },
      config: { backupEveryMs: day, backupKeep: 2 },
    });
    const pass = async (ms: number) => {
      clock.nowMs += ms;
      for (const look of looks) await look();
    };
    const folder = join(gateway.config.dataDir, 'backups');
    await gateway.ingestWazuh([aWazuhAlert()]);
    await pass(9 * minute);
    expect(existsSync(folder)).toBe(false);
    expect(await about(gateway)).toEqual({
      ...{ everySeconds: 86_400, keep: 2, last: null, failure: null, isLate: false },
      nextAt: '2026-11-21T12:10:00.000Z',
    });

    await pass(minute);
    expect(readdirSync(folder)).toEqual(['tocsin-auto-20261121-121000.db']);
    const first = join(folder, 'tocsin-auto-20261121-121000.db');
    expect([eventsIn(first), statSync(first).mode & 0o777]).toEqual([1, 0o600]);
    expect(await about(gateway)).toEqual({
      ...{ everySeconds: 86_400, keep: 2, failure: null, isLate: false, nextAt: '2026-11-22T12:10:00.000Z' },
      last: { at: '2026-11-21T12:10:00.000Z', file: 'tocsin-auto-20261121-121000.db', sizeBytes: statSync(first).size },
    });
    expect(await readMetric(gateway, 'tocsin_backups_total')).toBe(1);
    expect(await readMetric(gateway, 'tocsin_backup_last_timestamp_seconds')).toBe((noon + 10 * minute) / 1000);

    for (const name of ['tocsin-20261101-080000.db', 'tocsin-auto-mine.db', 'notes.txt']) {
      writeFileSync(join(folder, name), 'of a person');
    }
    // Of before the record was lost, say: in this folder there is only one server.
    writeFileSync(join(folder, 'tocsin-auto-20261101-080000.db'), 'old');
    await pass(day);
    await pass(day);
    expect(readdirSync(folder).sort()).toEqual([
      'notes.txt',
      'tocsin-20261101-080000.db',
      'tocsin-auto-20261122-121000.db',
      'tocsin-auto-20261123-121000.db',
      'tocsin-auto-mine.db',
    ]);

    // What is known of them outlives the server, and a start makes none before its time.
    await gateway.restart();
    await pass(23 * 60 * minute);
    expect((await about(gateway)).last.at).toBe('2026-11-23T12:10:00.000Z');
    await pass(60 * minute);
    expect((await about(gateway)).last.at).toBe('2026-11-24T12:10:00.000Z');
  });

  it('that stops calls a copy off, and leaves nothing of it', async () => {
    const source = join(root, 'big.db');
    const big = new Database(source);
    big.pragma('journal_mode = WAL');
    big.exec(
      'create table filler as with recursive n(i) as (select 1 union all select i + 1 from n where i < 30000) select randomblob(1000) as b from n',
    );
    const { backups } = alone({ source, copy: (target) => backUpInThread(source, target) });
    await clock.pass(10 * minute);
    const looked = backups.look();
    await expect
      .poll(() => existsSync(join(root, 'backups')) && readdirSync(join(root, 'backups')).length, {
        timeout: 20_000,
        interval: 1,
      })
      .toBeGreaterThan(0);
    await backups.close();
    await looked;
    big.close();

    expect(readdirSync(join(root, 'backups'))).toEqual([]);
    expect(backups.describe()).toMatchObject({ last: null, failure: null });
  });
});

describe('backups by a server', () => {
  it('are skipped, and come as soon as they can, where there is not room for twice the database', async () => {
    writeFileSync(join(root, 'tocsin.db'), Buffer.alloc(1000));
    writeFileSync(join(root, 'tocsin.db-wal'), Buffer.alloc(500));
    let free = 2999;
    const { backups, copied, metrics } = alone({ freeBytes: async () => free });
    await clock.pass(10 * minute);
    await backups.look();
    expect(copied).toEqual([]);
    expect(backups.describe()).toMatchObject({
      last: null,
      failure: { at: new Date(clock.now()), problem: 'NO_ROOM' },
    });
    expect((await metrics.ownBackups.get()).values).toEqual([
      expect.objectContaining({ value: 1, labels: { result: 'no room' } }),
    ]);

    free = 3000;
    await clock.pass(59 * minute);
    await backups.look();
    expect(copied).toEqual([]);
    await clock.pass(minute);
    await backups.look();
    expect(copied).toHaveLength(1);
    expect(backups.describe()).toMatchObject({ failure: null, last: { sizeBytes: 4 } });
  });

  it.each([
    ['/data/tocsin.db is damaged: Tree 5 page 9', 'DATABASE_DAMAGED'],
    ['/data/tocsin.db cannot be copied to /b: database disk image is malformed', 'DATABASE_DAMAGED'],
    ['/data/tocsin.db cannot be copied to /b: database or disk is full', 'NO_ROOM'],
    ["EACCES: permission denied, mkdir '/b'", 'FAILED'],
  ])('that end with "%s" are told of as %s, and keep the good ones', async (message, problem) => {
    let isBroken = false;
    const { backups } = alone({
      copy: (target) => {
        if (isBroken) return { copy: Promise.reject(new Error(message)), stop() {} };
        writeFileSync(target, 'copy');
        return { copy: Promise.resolve({ file: target, bytes: 4, events: 1 }), stop() {} };
      },
    });
    await clock.pass(10 * minute);
    await backups.look();
    isBroken = true;
    for (let hours = 0; hours < 72; hours++) {
      await clock.pass(60 * minute);
      await backups.look();
    }
    expect(backups.describe()).toMatchObject({
      failure: { problem },
      isLate: true,
      last: { at: new Date(noon + 10 * minute) },
    });
    expect(readdirSync(join(root, 'backups'))).toEqual(['tocsin-auto-20261121-121000.db']);
  });

  it('in a folder that others may use are deleted only where the record names them', async () => {
    const shared = join(root, 'shared');
    mkdirSync(shared);
    writeFileSync(join(shared, 'tocsin-auto-20260101-000000.db'), 'of another server');
    writeFileSync(join(shared, 'tocsin-auto-20260101-000000.db.0123abcd.partial'), 'of another server');
    const { backups } = alone({ config: { dataDir: root, backupEveryMs: day, backupKeep: 1, backupDir: shared } });
    for (let days = 0; days < 3; days++) {
      await clock.pass(day);
      await backups.look();
    }
    expect(readdirSync(shared).sort()).toEqual([
      'tocsin-auto-20260101-000000.db',
      'tocsin-auto-20260101-000000.db.0123abcd.partial',
      'tocsin-auto-20261124-120000.db',
    ]);
  });

  it('killed in the middle leave parts that the next start deletes, or a whole one that it knows', () => {
    const folder = join(root, 'backups');
    mkdirSync(folder);
    const name = 'tocsin-auto-20261120-120000.db';
    for (const rest of ['.0123abcd.partial', '.0123abcd.partial-journal', '.old.txt'])
      writeFileSync(join(folder, name + rest), '');
    writeFileSync(join(root, 'backups.json'), JSON.stringify({ made: [], making: name }));
    alone();
    expect(readdirSync(folder)).toEqual([`${name}.old.txt`]);

    writeFileSync(join(folder, name), 'whole');
    writeFileSync(join(root, 'backups.json'), JSON.stringify({ made: [], making: name }));
    expect(alone().backups.describe()).toMatchObject({ last: { at: new Date(noon - day), file: name, sizeBytes: 5 } });
    expect(JSON.parse(readFileSync(join(root, 'backups.json'), 'utf8'))).toMatchObject({ made: [name] });
  });

  it('go on when the clock was wrong for a while, and when the record is no record', async () => {
    const file = 'tocsin-auto-20360101-000000.db';
    writeFileSync(
      join(root, 'backups.json'),
      JSON.stringify({ last: { at: noon + 3650 * day, file, bytes: 1 }, made: [file] }),
    );
    const { backups, copied } = alone();
    await clock.pass(10 * minute);
    await backups.look();
    expect(copied).toHaveLength(1);
    for (const text of ['', '[]', 'null', '{"last":{"at":"x"},"made":["../../etc/passwd"],"making":7}']) {
      writeFileSync(join(root, 'backups.json'), text);
      expect(alone().backups.describe()).toMatchObject({ last: null, failure: null });
    }
  });

  it('are off where that is set', async () => {
    const { backups, copied } = alone({
      config: { dataDir: root, backupEveryMs: undefined, backupKeep: 3, backupDir: undefined },
    });
    await clock.pass(30 * day);
    await backups.look();
    expect(copied).toEqual([]);
    expect(backups.describe()).toEqual({
      everySeconds: null,
      keep: 3,
      last: null,
      failure: null,
      nextAt: null,
      isLate: false,
    });
  });
});
