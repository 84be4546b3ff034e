import Database from 'better-sqlite3';
import { nowMs } from '../clock.ts';
import { answerParent } from '../side-process.ts';

// A process that asks SQLite itself, with as much memory as the server gives each of its readers.

export interface KeysOptions {
  readonly file: string;
  readonly sql: string;
  readonly params: readonly (string | number)[];
  readonly repeats: number;
}

const commands = {
  /** Milliseconds of each of several times, and how many rows there are. */
  keys({ file, sql, params, repeats }: KeysOptions): { times: Float64Array; found: number } {
    const database = new Database(file, { readonly: true });
    database.pragma('cache_size = -16384');
    database.pragma('temp_store = MEMORY');
    const keys = database.prepare(sql);
    let found = 0;
    const times = Float64Array.from({ length: repeats }, () => {
      const startedAt = nowMs();
      found = keys.all(...params).length;
      return nowMs() - startedAt;
    });
    database.close();
    return { times, found };
  },
};

export type RawSearchCommands = typeof commands;

answerParent(commands);
