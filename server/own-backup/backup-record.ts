import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OwnBackupProblem } from '../../schema/about/about-backup.enum.ts';

/** What is known of the backups that the server itself has made. Times are epoch milliseconds. */
export interface BackupRecord {
  readonly last: { readonly at: number; readonly file: string; readonly bytes: number } | undefined;
  /** Of the latest attempt, where that made none. */
  readonly failure: { readonly at: number; readonly problem: OwnBackupProblem } | undefined;
  /** Names of the backups made and not yet deleted, in the order of their making. */
  readonly made: readonly string[];
  /** The name that a backup under way will have. */
  readonly making: string | undefined;
}

const nothing: BackupRecord = { last: undefined, failure: undefined, made: [], making: undefined };

/** What a backup that began at `at`, which is UTC, is called. */
export function backupName(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  return `tocsin-auto-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}.db`;
}

/** Whether a file has a name as the server gives to its own backups. */
export function isBackupName(name: string): boolean {
  return /^tocsin-auto-\d{8}-\d{6}\.db$/.test(name);
}

/** When the backup of that name began, in epoch milliseconds. */
export function backupTime(name: string): number {
  const [, year, month, day, hour, minute, second] =
    /^tocsin-auto-(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/.exec(name) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** Whether a file is what a copy to `name` leaves behind that was cut off. */
export function isPartialOf(name: string, file: string): boolean {
  return (
    file.startsWith(`${name}.`) && /^[0-9a-f]{8}\.partial(?:-wal|-shm|-journal)?$/.test(file.slice(name.length + 1))
  );
}

export function recordFile(dataDir: string): string {
  return join(dataDir, 'backups.json');
}

/** What does not fit counts as absent: a record that is lost costs a backup too many. */
export function readRecord(dataDir: string): BackupRecord {
  const { last, failure, made, making } = Object(readJson(recordFile(dataDir)));
  const { at, file, bytes } = Object(last);
  const { at: failedAt, problem } = Object(failure);
  const known = Object.values(OwnBackupProblem).find((value) => value === problem);
  const isCopy = typeof at === 'number' && typeof bytes === 'number' && typeof file === 'string' && isBackupName(file);
  return {
    last: isCopy ? { at, file, bytes } : undefined,
    failure: known && typeof failedAt === 'number' ? { at: failedAt, problem: known } : undefined,
    made: Array.isArray(made) ? made.filter((name) => typeof name === 'string' && isBackupName(name)) : [],
    making: typeof making === 'string' && isBackupName(making) ? making : undefined,
  };
}

/** Replaces the record as a whole. */
export function writeRecord(dataDir: string, record: BackupRecord): void {
  const file = recordFile(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return nothing;
  }
}
