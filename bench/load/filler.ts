import Database from 'better-sqlite3';
import { prepareBatch } from '../../server/ingest/intake-batch.ts';
import { SqliteJournalWriter } from '../../server/persistence/sqlite/sqlite-journal-writer.ts';
import { wazuhEvent } from '../events.ts';
import { answerParent } from '../side-process.ts';
import { databaseFile, principalOf, type Sender } from '../workspace.ts';

// A process that fills the database of a stopped server through the server's own parser and writer, without HTTP.

const perCommit = 2000;

const commands = {
  /** Stores `count` events that all raise an alert. */
  async fill({ dataDir, sender, count }: { dataDir: string; sender: Sender; count: number }): Promise<void> {
    const database = new Database(databaseFile(dataDir));
    // Nothing is acknowledged to anybody here, so nothing has to reach the disk before the end.
    database.pragma('synchronous = OFF');
    database.pragma('wal_autocheckpoint = 20000');
    database.pragma('cache_size = -524288');
    const writer = new SqliteJournalWriter(database);
    for (let from = 0; from < count; from += perCommit) {
      const length = Math.min(perCommit, count - from);
      const events = Array.from({ length }, (_, place) => wazuhEvent(from + place, { alertsOnly: true }));
      writer.commit(await prepareBatch({ format: 'WAZUH', events }, principalOf(sender), Date.now()));
    }
    database.pragma('wal_checkpoint(truncate)');
    database.close();
  },
};

export type FillerCommands = typeof commands;

answerParent(commands);
