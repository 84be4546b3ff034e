import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupOutcome } from '../ipc-contract.ts';
import type { DesktopPort } from './port.ts';

interface BackupParts {
  readonly runTool: DesktopPort['runTool'];
  /** The built `tocsin` command. */
  readonly entry: string;
  readonly dataDir: string;
  /** Where backups are kept. */
  readonly folder: string;
  readonly now: () => Date;
}

/** A backup that is there to be restored; a file gets this name only once it is whole. */
export interface KeptBackup {
  readonly file: string;
  readonly at: Date;
}

/** `auto-` stands in the names of those that the server makes by itself. */
const backupName = /^tocsin-(?:auto-)?(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)\.db$/;

/** Backups of the own server's database, made and restored by the `tocsin` command as on any server. */
export class Backups {
  readonly #parts: BackupParts;
  #making: Promise<BackupOutcome> | undefined;

  constructor(parts: BackupParts) {
    this.#parts = parts;
  }

  get folder(): string {
    return this.#parts.folder;
  }

  /** Makes one, beside the running server; whoever asks while one is being made gets that. */
  make(): Promise<BackupOutcome> {
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** The latest, whoever made it; undefined when there is none. */
  latest(): KeptBackup | undefined {
    const kept = listFolder(this.#parts.folder).flatMap((name): KeptBackup[] => {
      const [, year, month, day, hour, minute, second] = backupName.exec(name) ?? [];
      if (year === undefined) return [];
      const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
      return [{ file: join(this.#parts.folder, name), at }];
    });
    return kept.sort((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
  }

  /** Puts a backup in the place of the database; the server must be stopped. Answers what went wrong, in words. */
  async restore(file: string): Promise<string | undefined> {
    const result = await this.#run(['restore', file]);
    return 'problem' in result ? result.problem : undefined;
  }

  async #make(): Promise<BackupOutcome> {
    const { folder, now } = this.#parts;
    const [date = '', time = ''] = now().toISOString().split('T');
    const file = join(folder, `tocsin-${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}.db`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (cause) {
      return { isDone: false, problem: (cause as Error).message };
    }
    const result = await this.#run(['backup', file]);
    if ('problem' in result) return { isDone: false, problem: result.problem };
    return { isDone: true, file, bytes: Number(result.answer.bytes), events: Number(result.answer.events) };
  }

  async #run(args: readonly string[]): Promise<{ answer: Record<string, unknown> } | { problem: string }> {
    const { runTool, entry, dataDir } = this.#parts;
    const { code, output } = await runTool(entry, [...args, '--json'], { TOCSIN_DATA_DIR: dataDir });
    const answer = lastObject(output);
    if (code === 0 && answer) return { answer };
    return { problem: typeof answer?.['error'] === 'string' ? answer['error'] : output.trim().slice(-500) };
  }
}

function lastObject(output: string): Record<string, unknown> | undefined {
  try {
    return Object(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
  } catch {
    return undefined;
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
