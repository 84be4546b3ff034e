import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartRefused } from '../errors.ts';
import { makeDataDir } from './data-dir.ts';
import { lockFile } from './file-lock.ts';

/** Keeps a second server off a data folder; commands work beside a running server. Returns how to let go of it. */
export function lockDataDir(dataDir: string): () => void {
  makeDataDir(dataDir);
  const pidFile = join(dataDir, 'server.pid');
  const unlock = takeLock(join(dataDir, 'server.lock'));
  if (!unlock) {
    throw new StartRefused(
      `Another Tocsin (process ${readPid(pidFile)}) already serves the data folder ${dataDir}. ` +
        'Stop it first, or set TOCSIN_DATA_DIR to another folder.',
      'FOLDER_IN_USE',
    );
  }
  writeFileSync(pidFile, `${process.pid}\n`);
  return unlock;
}

/** A server that was started beside this one holds the folder from then on, and one that gave up is gone by then. */
const triesOfStart = 6;

function takeLock(file: string): (() => void) | undefined {
  try {
    return lockFile(file, triesOfStart);
  } catch (cause) {
    throw new StartRefused(`The lock ${file} cannot be taken: ${(cause as Error).message}`, 'FOLDER_BLOCKED');
  }
}

function readPid(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
