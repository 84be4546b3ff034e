import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

/**
 * Takes a lock that other processes respect, and returns how to give it back; undefined when another holds it. It is SQLite's own
 * lock on a file of its own, so the operating system drops it with the process, however that ends.
 */
export function lockFile(file: string): (() => void) | undefined {
  const lock = new Database(file, { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if ((cause as { code?: string }).code === 'SQLITE_BUSY') return undefined;
    throw cause;
  }
  return () => lock.close();
}

const retryMs = 25;

/** The same, waiting for another holder to be done; throws when that takes longer than `waitMs`. */
export async function waitForLock(file: string, waitMs: number): Promise<() => void> {
  for (const end = performance.now() + waitMs; performance.now() < end; await sleep(retryMs)) {
    const unlock = lockFile(file);
    if (unlock) return unlock;
  }
  throw new Error(`${file} is held by another process`);
}
