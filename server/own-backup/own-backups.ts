import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { OwnBackupProblem } from '../../schema/about/about-backup.enum.ts';
import type { OwnBackups as OwnBackupsShown } from '../../schema/about/about-backup.type.ts';
import type { BackupConfig } from '../backup-config.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Copy } from '../persistence/sqlite/sqlite-backup.ts';
import {
  type BackupRecord,
  backupName,
  backupTime,
  isBackupName,
  isPartialOf,
  readRecord,
  writeRecord,
} from './backup-record.ts';

export interface OwnBackupParts {
  readonly config: BackupConfig & { readonly dataDir: string };
  /** The database. */
  readonly source: string;
  /** Makes one, and can be called off. Rejects with an Error that says what was wrong. */
  readonly copy: (target: string) => { readonly copy: Promise<Copy>; stop(): void };
  /** Whether that error is the database's own fault. */
  readonly saysDamaged: (words: string) => boolean;
  readonly freeBytes?: (folder: string) => Promise<number>;
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly now: () => number;
}

/** How often it is looked whether a backup is due, in milliseconds. */
export const backupLookMs = 60_000;
/** A start is left alone for this long; most are short, and what is started has other things to do. */
const settleMs = 600_000;
/** After an attempt that made none. */
const retryMs = 3_600_000;

/** A backup older than this is late. */
export function lateAfterMs(everyMs: number): number {
  return everyMs * 1.5;
}

/** Where the server keeps its own backups. */
export function backupFolder({
  dataDir,
  backupDir,
}: {
  readonly dataDir: string;
  readonly backupDir: string | undefined;
}) {
  return resolve(backupDir ?? join(dataDir, 'backups'));
}

/**
 * The backups that a server makes of its database by itself. Whoever has the lock of the data folder runs one. Deleted is only
 * what was made here: in a folder that others may use too, only what the record in the data folder names.
 */
export class OwnBackups {
  readonly #parts: OwnBackupParts;
  readonly #folder: string;
  readonly #startedAt: number;
  #record: BackupRecord;
  #stop: (() => void) | undefined;
  #running: Promise<void> | undefined;
  #isClosed = false;

  constructor(parts: OwnBackupParts) {
    this.#parts = parts;
    this.#folder = backupFolder(parts.config);
    this.#startedAt = parts.now();
    this.#record = readRecord(parts.config.dataDir);
    this.#clearAway();
    parts.metrics.lastBackup.set((this.#record.last?.at ?? 0) / 1000);
  }

  /** Makes a backup where one is due. Never rejects. */
  async look(): Promise<void> {
    if (this.#isClosed || !this.#isDue()) return this.#running;
    this.#running ??= this.#attempt().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  /** Calls off what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stop?.();
    await this.#running;
  }

  describe(): OwnBackupsShown {
    const { backupEveryMs: every, backupKeep: keep } = this.#parts.config;
    const { last, failure } = this.#record;
    const nextAt = this.#nextAt();
    return {
      everySeconds: every === undefined ? null : every / 1000,
      keep,
      last: last ? { at: new Date(last.at), file: last.file, sizeBytes: last.bytes } : null,
      failure: failure ? { at: new Date(failure.at), problem: failure.problem } : null,
      nextAt: nextAt === undefined ? null : new Date(nextAt),
      isLate: every !== undefined && this.#parts.now() > this.#plannedAt(every) + lateAfterMs(every) - every,
    };
  }

  #isDue(): boolean {
    const nextAt = this.#nextAt();
    return nextAt !== undefined && this.#parts.now() >= nextAt;
  }

  #nextAt(): number | undefined {
    const { now, config } = this.#parts;
    const { backupEveryMs: every } = config;
    if (every === undefined) return undefined;
    const { failure } = this.#record;
    const again = failure && failure.at <= now() ? failure.at + Math.min(retryMs, every) : 0;
    return Math.max(this.#plannedAt(every), again);
  }

  /** A time that is still to come is that of a clock which was wrong. */
  #plannedAt(every: number): number {
    const { last } = this.#record;
    const earliest = this.#startedAt + Math.min(settleMs, every);
    return last && last.at <= this.#parts.now() ? Math.max(earliest, last.at + every) : earliest;
  }

  async #attempt(): Promise<void> {
    const { now, metrics, log } = this.#parts;
    const at = now();
    const name = backupName(new Date(at));
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      if (!(await this.#hasRoom())) return this.#note({ ...this.#record, failure: { at, problem: 'NO_ROOM' } });
      this.#note({ ...this.#record, making: name });
      const { copy, stop } = this.#parts.copy(join(this.#folder, name));
      this.#stop = stop;
      const { bytes, events } = await copy;
      const made = [...this.#record.made.filter((other) => other !== name), name];
      this.#note({ last: { at, file: name, bytes }, failure: undefined, made, making: undefined });
      log.info({ file: join(this.#folder, name), bytes, events, ms: now() - at }, 'The database is backed up');
      metrics.ownBackups.inc({ result: 'done' });
      metrics.lastBackup.set(at / 1000);
      this.#prune();
    } catch (cause) {
      if (this.#isClosed) return;
      const problem = this.#problemOf((cause as Error).message);
      log.error({ err: cause, folder: this.#folder, problem }, 'The database could not be backed up');
      metrics.ownBackups.inc({ result: 'failed' });
      this.#note({ ...this.#record, failure: { at, problem }, making: undefined });
    } finally {
      this.#stop = undefined;
    }
  }

  async #hasRoom(): Promise<boolean> {
    const { source, freeBytes = freeIn, metrics, log } = this.#parts;
    const wanted = 2 * (sizeOf(source) + sizeOf(`${source}-wal`));
    const free = await freeBytes(this.#folder);
    if (free >= wanted) return true;
    log.warn(
      { folder: this.#folder, freeBytes: free, neededBytes: wanted },
      'The database is not backed up: the disk has not room for twice the database. Free some, or set TOCSIN_BACKUP_DIR to a folder of another disk',
    );
    metrics.ownBackups.inc({ result: 'no room' });
    return false;
  }

  #problemOf(words: string): OwnBackupProblem {
    if (this.#parts.saysDamaged(words)) return OwnBackupProblem.DATABASE_DAMAGED;
    return /ENOSPC|disk is full/.test(words) ? OwnBackupProblem.NO_ROOM : OwnBackupProblem.FAILED;
  }

  /** What does not get onto the disk holds until the server ends. */
  #note(record: BackupRecord): void {
    this.#record = record;
    try {
      writeRecord(this.#parts.config.dataDir, record);
    } catch (cause) {
      this.#parts.log.error({ err: cause }, 'What is known of the backups could not be written');
    }
  }

  /** Deletes the oldest beyond those to be kept. */
  #prune(): void {
    const { backupKeep, dataDir } = this.#parts.config;
    const there = listFolder(this.#folder).filter(isBackupName);
    const listed = this.#record.made.filter((name) => there.includes(name));
    // In the data folder's own folder there is nobody else's.
    const isOurs = this.#folder === backupFolder({ dataDir, backupDir: undefined });
    const found = isOurs ? there.filter((name) => !listed.includes(name)).sort() : [];
    const all = [...found, ...listed];
    const surplus = all.slice(0, Math.max(0, all.length - backupKeep));
    const gone = surplus.filter((name) => this.#remove(name));
    this.#note({ ...this.#record, made: all.filter((name) => !gone.includes(name)) });
  }

  /** What a server that was killed has left: parts of a copy, or a whole one that it had no time to write down. */
  #clearAway(): void {
    const { making } = this.#record;
    if (making === undefined) return;
    for (const file of listFolder(this.#folder)) if (isPartialOf(making, file)) this.#remove(file);
    const file = join(this.#folder, making);
    const whole = existsSync(file)
      ? { last: { at: backupTime(making), file: making, bytes: sizeOf(file) }, made: [...this.#record.made, making] }
      : {};
    this.#note({ ...this.#record, ...whole, making: undefined });
  }

  #remove(name: string): boolean {
    try {
      rmSync(join(this.#folder, name), { force: true });
      return true;
    } catch (cause) {
      this.#parts.log.warn({ err: cause, folder: this.#folder }, 'An old backup could not be deleted');
      return false;
    }
  }
}

async function freeIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
