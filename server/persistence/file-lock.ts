import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

/**
 * Takes a lock that other processes respect, and returns how to give it back; undefined when another holds it. It is SQLite's own
 * lock on a file of its own, so the operating system drops it with the process, however that ends. Two that take it at once can both
 * be turned away, for each sees a part of the other's lock: who does not come again by itself asks for more `tries` than one.
 */
export function lockFile(file: string, tries = 1): (() => void) | undefined {
  const lock = new Database(file, { timeout: 0 });
  try {
    for (let left = tries - 1; !isTaken(lock); left--) {
      if (left === 0) {
        lock.close();
        return undefined;
      }
      pause(pauseMs * (1 + Math.random()));
    }
  } catch (cause) {
    lock.close();
    throw cause;
  }
  return () => lock.close();
}

const pauseMs = 10;

function isTaken(lock: Database.Database): boolean {
  try {
    lock.exec('begin exclusive');
    return true;
  } catch (cause) {
    if ((cause as { code?: string }).code === 'SQLITE_BUSY') return false;
    throw cause;
  }
}

/** Stands still: whoever takes a lock of the start has nothing else to do. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
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
