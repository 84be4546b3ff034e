import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { readRecord } from '../own-backup/backup-record.ts';
import { backupFolder, lateAfterMs } from '../own-backup/own-backups.ts';
import type { BootCheck } from '../persistence/database.ts';

/** What `tocsin doctor` says of the backups that the server makes by itself; `now` in epoch milliseconds. */
export function checkOwnBackups(config: Config, now: number): BootCheck {
  const name = 'automatic backups';
  const { backupEveryMs: every, dataDir } = config;
  if (every === undefined) return { name, found: 'off by TOCSIN_BACKUP_EVERY', ok: true };
  const folder = backupFolder(config);
  const { last, failure, made } = readRecord(dataDir);
  const latest = last ? `the last is of ${timeOf(last.at)} (${last.bytes} bytes)` : 'none so far';
  if (failure) return { name, found: `failed at ${timeOf(failure.at)} with ${failure.problem}; ${latest}`, ok: false };
  if (!last) return { name, found: 'none yet; a server makes the first once it has run for ten minutes', ok: true };
  if (!existsSync(join(folder, last.file))) {
    return { name, found: `the last, ${last.file}, is not in ${folder} any more`, ok: false };
  }
  if (now - last.at > lateAfterMs(every)) {
    return {
      name,
      found: `${latest}, which is too old: a server makes the next once it has run for a while`,
      ok: false,
    };
  }
  return { name, found: `${latest}, ${made.length} are kept in ${folder}`, ok: true };
}

function timeOf(at: number): string {
  return new Date(at).toISOString();
}
