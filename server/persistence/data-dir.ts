import { closeSync, mkdirSync, openSync } from 'node:fs';
import { StartRefused } from '../errors.ts';

/** Makes the data folder, for its owner alone, where there is none. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StartRefused(`The data folder ${dataDir} cannot be made: ${(cause as Error).message}`, 'FOLDER_BLOCKED');
  }
}

/** Makes a file, where there is none, that only its owner can read; SQLite gives its `-wal` and `-shm` the same mode. */
export function makePrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', 0o600));
  } catch (cause) {
    throw new StartRefused(`The file ${file} cannot be written: ${(cause as Error).message}`, 'FOLDER_BLOCKED');
  }
}
