import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { lockDataDir } from '../instance-lock.ts';
import { asConflict, type Copy, copyChecked, syncFolder } from './sqlite-backup.ts';
import { databaseFile } from './sqlite-database.ts';

export interface Restored extends Copy {
  /** Where the database of before is kept; undefined when there was none. */
  readonly replaced: string | undefined;
}

/**
 * Puts the backup `source` in the place of a data folder's database, and keeps that beside it. No server may be running there.
 * Whenever it is interrupted, the folder holds the old database or the new one. Throws StartRefused or Conflict.
 */
export async function restoreSqlite(dataDir: string, source: string, now: Date): Promise<Restored> {
  const unlock = lockDataDir(dataDir);
  const file = databaseFile(dataDir);
  const incoming = `${file}.restoring`;
  try {
    const copy = await copyChecked(source, incoming);
    const replaced = existsSync(file) ? setAside(file, now) : undefined;
    renameSync(incoming, file);
    syncFolder(dataDir);
    return { ...copy, file, replaced };
  } catch (cause) {
    throw asConflict(cause, `${source} cannot be restored to ${file}`);
  } finally {
    for (const rest of ['', '-wal', '-shm', '-journal']) rmSync(incoming + rest, { force: true });
    unlock();
  }
}

/** Gives the database a second name, and takes its `-wal` away: SQLite would play it back into whatever comes into its place. */
function setAside(file: string, now: Date): string {
  const replaced = `${file}.replaced-${now.toISOString().replace(/\D/g, '').slice(0, 14)}`;
  checkpoint(file);
  rmSync(replaced, { force: true });
  try {
    linkSync(file, replaced);
  } catch {
    // Some file systems know no second names.
    copyFileSync(file, replaced);
  }
  // Still there only where the database is damaged, and then worth keeping with it.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${replaced}-wal`);
  rmSync(`${file}-shm`, { force: true });
  return replaced;
}

/** Moves what stands in the `-wal` file into the database, after which SQLite removes that file. */
function checkpoint(file: string): void {
  let opened: Database.Database | undefined;
  try {
    opened = new Database(file, { timeout: 0 });
    opened.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // A damaged database is replaced as it is.
  } finally {
    opened?.close();
  }
}
