import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { backUpSqlite, type Copy } from './sqlite-backup.ts';

/** Entry of the thread that makes one backup: to copy and check a database keeps whoever does it busy. */
export interface SqliteBackupOptions {
  readonly source: string;
  readonly target: string;
}

export type SqliteBackupAnswer = { readonly copy: Copy } | { readonly error: string };

// Where a priority is a thread's own, senders and readers go first.
if (process.platform === 'linux') setPriority(0, constants.priority.PRIORITY_BELOW_NORMAL);

const { source, target } = workerData as SqliteBackupOptions;
let isCalledOff = false;
parentPort?.once('message', () => {
  isCalledOff = true;
});

const tell = (answer: SqliteBackupAnswer) => parentPort?.postMessage(answer);
await backUpSqlite(source, target, () => {
  if (isCalledOff) throw new Error('The server stops');
}).then(
  (copy) => tell({ copy }),
  (cause: Error) => tell({ error: cause.message }),
);
parentPort?.close();
