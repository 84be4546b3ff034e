import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { Conflict, DomainError, StartRefused } from '../../errors.ts';
import { sqliteMigrations } from '../migrations/sqlite/index.ts';

/** A copy of a database that was read back and found whole. */
export interface Copy {
  readonly file: string;
  readonly bytes: number;
  readonly events: number;
}

/** Pages a step; between two steps a copy can be called off. */
const stepPages = 1024;

/**
 * Copies the database `source`, which a server may be writing to, to the new file `target`: every commit from before the call
 * is in it. The name `target` appears only once the copy is whole, checked and on disk; it is its owner's alone. `goOn` is called
 * between steps and calls the copy off by throwing. Throws Conflict.
 */
export async function backUpSqlite(source: string, target: string, goOn?: () => void): Promise<Copy> {
  const file = resolve(target);
  if (existsSync(file)) throw new Conflict(`${file} is there already: name a new file`);
  const partial = `${file}.${randomBytes(4).toString('hex')}.partial`;
  try {
    const copy = await copyChecked(source, partial, goOn);
    // Somebody else may have taken the name meanwhile.
    if (existsSync(file)) throw new Conflict(`${file} is there already: name a new file`);
    renameSync(partial, file);
    syncFolder(dirname(file));
    return { ...copy, file };
  } catch (cause) {
    for (const rest of ['', '-wal', '-shm', '-journal']) rmSync(partial + rest, { force: true });
    throw asConflict(cause, `${source} cannot be backed up to ${file}`);
  }
}

/**
 * Copies `source` to `target`, over whatever is there, as one file that needs no other beside it, and reads it back: it must be
 * whole, a database of Tocsin's, and of no later version. Throws Conflict when it is not, or cannot be read or written.
 */
export async function copyChecked(source: string, target: string, goOn: () => void = () => {}): Promise<Copy> {
  try {
    closeSync(openSync(target, 'w', 0o600));
    chmodSync(target, 0o600);
    const from = new Database(source, { readonly: true, fileMustExist: true, timeout: 10_000 });
    try {
      // Within a transaction all steps read one snapshot; without, the copy would begin anew whenever somebody writes.
      from.exec('begin');
      from.prepare('select count(*) from sqlite_schema').get();
      const progress = () => {
        goOn();
        return stepPages;
      };
      await from.backup(target, { progress });
    } finally {
      from.close();
    }
    const events = checkCopy(target, source);
    syncFile(target);
    return { file: target, bytes: statSync(target).size, events };
  } catch (cause) {
    throw asConflict(cause, `${source} cannot be copied to ${target}`);
  }
}

/** Answers how many events it holds. */
function checkCopy(copy: string, source: string): number {
  const opened = new Database(copy);
  try {
    opened.pragma('journal_mode = DELETE');
    const found = opened.pragma('quick_check(1)', { simple: true });
    if (found !== 'ok') throw new Conflict(`${source} is damaged: ${found}`);
    const known = new Set(sqliteMigrations.map(({ name }) => name));
    const later = migrationsOf(opened, source).filter((name) => !known.has(name));
    if (later.length > 0) {
      throw new Conflict(`${source} was changed by a later version of Tocsin (${later.join(', ')}): use that one`);
    }
    return Number(opened.prepare('select count(*) from event').pluck().get());
  } finally {
    opened.close();
  }
}

function migrationsOf(opened: Database.Database, source: string): string[] {
  const isOurs = opened.prepare("select 1 from sqlite_schema where name = 'migration'").get() !== undefined;
  if (!isOurs) throw new Conflict(`${source} is not a database of Tocsin`);
  return opened.prepare('select name from migration').pluck().all().map(String);
}

/** What went wrong, in words for whoever gave the command. */
export function asConflict(cause: unknown, what: string): Error {
  if (cause instanceof DomainError || cause instanceof StartRefused) return cause;
  return new Conflict(`${what}: ${(cause as Error).message}`);
}

/** Whether the words of an error, or SQLite's code of it, say that the database itself is at fault. */
export function saysDamaged(words: string): boolean {
  return /CORRUPT|NOTADB|malformed|not a database| is damaged: /.test(words);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/** Makes a rename durable; Windows knows no such call, and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
