import { Worker } from 'node:worker_threads';
import type { Copy } from './sqlite-backup.ts';
import type { SqliteBackupAnswer, SqliteBackupOptions } from './sqlite-backup-worker.ts';

/** A backup under way. */
export interface BackupUnderWay {
  /** Rejects with an Error whose message says what was wrong; nothing but the finished copy is left behind. */
  readonly copy: Promise<Copy>;
  /** Calls it off; `copy` rejects soon. */
  stop(): void;
}

/** Makes a backup as `backUpSqlite` does, in a thread of its own. */
export function backUpInThread(source: string, target: string): BackupUnderWay {
  // The same file runs compiled and, under vitest, as TypeScript that Node strips.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const workerData: SqliteBackupOptions = { source, target };
  const worker = new Worker(new URL(`./sqlite-backup-worker.${extension}`, import.meta.url), { workerData });
  const copy = new Promise<Copy>((resolve, reject) => {
    worker.once('message', (answer: SqliteBackupAnswer) => {
      if ('copy' in answer) resolve(answer.copy);
      else reject(new Error(answer.error));
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread of the backup has ended')));
  });
  return { copy, stop: () => worker.postMessage('stop') };
}
