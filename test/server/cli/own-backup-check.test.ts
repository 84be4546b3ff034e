import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkOwnBackups } from '../../../server/cli/own-backup-check.ts';
import { readConfig } from '../../../server/config.ts';

const day = 86_400_000;
const noon = Date.parse('2026-11-21T12:00:00Z');
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tocsin-own-backup-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('tocsin doctor', () => {
  const file = 'tocsin-auto-20261121-120000.db';
  const check = (record: object | undefined, more: Record<string, string> = {}) => {
    if (record) writeFileSync(join(root, 'backups.json'), JSON.stringify(record));
    const { ok, found } = checkOwnBackups(readConfig({ TOCSIN_DATA_DIR: root, ...more }), noon);
    return [ok, found];
  };
  const last = { at: noon, file, bytes: 9 };

  it('says whether the backups are well: none yet, well, too old, gone, failed, off', () => {
    expect(check(undefined)).toEqual([true, 'none yet; a server makes the first once it has run for ten minutes']);
    expect(check({ last, made: [file] })).toEqual([
      false,
      `the last, ${file}, is not in ${join(root, 'backups')} any more`,
    ]);
    mkdirSync(join(root, 'backups'));
    writeFileSync(join(root, 'backups', file), 'copy');
    expect(check({ last, made: [file] })).toEqual([
      true,
      `the last is of 2026-11-21T12:00:00.000Z (9 bytes), 1 are kept in ${join(root, 'backups')}`,
    ]);
    expect(check({ last: { ...last, at: noon - 1.5 * day }, made: [file] })).toEqual([true, expect.any(String)]);
    expect(check({ last: { ...last, at: noon - 1.5 * day - 1 }, made: [file] })).toEqual([
      false,
      expect.stringContaining('which is too old'),
    ]);
    expect(check({ last, made: [file], failure: { at: noon, problem: 'NO_ROOM' } })).toEqual([
      false,
      'failed at 2026-11-21T12:00:00.000Z with NO_ROOM; the last is of 2026-11-21T12:00:00.000Z (9 bytes)',
    ]);
    expect(check(undefined, { TOCSIN_BACKUP_EVERY: 'off' })).toEqual([true, 'off by TOCSIN_BACKUP_EVERY']);
  });
});
