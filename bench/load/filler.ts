import Database from 'better-sqlite3';
import { prepareBatch } from '../../server/ingest/intake-batch.ts';
import type { Records } from '../../server/ingest/records.ts';
import { SqliteJournalWriter } from '../../server/persistence/sqlite/sqlite-journal-writer.ts';
import { wazuhEvent } from '../events.ts';
import { alertOfItsOwn } from '../forms.ts';
import { type OfficeSize, officeSpan, officeStart, sorts } from '../office.ts';
import { answerParent } from '../side-process.ts';
import { databaseFile, principalOf, type Sender } from '../workspace.ts';

// A process that fills the database of a stopped server through the server's own parser and writer, without HTTP.

const perCommit = 2000;

export interface FillOptions {
  readonly dataDir: string;
  readonly sender: Pick<Sender, 'tenantId' | 'intakeId'>;
}

const commands = {
  /** Stores `count` events that all raise an alert; `groupEach`: each of a group of its own. */
  async fill({
    count,
    groupEach = false,
    ...options
  }: FillOptions & { count: number; groupEach?: boolean }): Promise<void> {
    const eventOf = groupEach ? alertOfItsOwn : (index: number) => wazuhEvent(index, { alertsOnly: true });
    await store(options, Math.ceil(count / perCommit), (part) => {
      const from = part * perCommit;
      const length = Math.min(perCommit, count - from);
      const events = Array.from({ length }, (_, place) => eventOf(from + place));
      return { format: 'WAZUH', events, receivedAt: Date.now() };
    });
  },

  /** Stores two months of an office, all sorts of records side by side as they come in. */
  async fillOffice({ size, ...options }: FillOptions & { size: OfficeSize }): Promise<void> {
    const records = Object.values(size).reduce((sum, count) => sum + count, 0);
    const parts = Math.ceil(records / perCommit);
    await store(options, parts, (part) => ({
      format: 'AUTO',
      raw: Object.entries(sorts).flatMap(([name, textOf]) => {
        const count = size[name as keyof OfficeSize];
        const from = Math.floor((part * count) / parts);
        const length = Math.floor(((part + 1) * count) / parts) - from;
        return Array.from({ length }, (_, place) => textOf(from + place, count));
      }),
      receivedAt: officeStart + Math.ceil(((part + 1) * officeSpan) / parts),
    }));
  },
};

export type FillerCommands = typeof commands;

/** Stores the records of each part in a commit of its own. */
async function store(
  { dataDir, sender }: FillOptions,
  parts: number,
  recordsOf: (part: number) => Records & { receivedAt: number },
): Promise<void> {
  const database = new Database(databaseFile(dataDir));
  // Nothing is acknowledged to anybody here, so nothing has to reach the disk before the end.
  database.pragma('synchronous = OFF');
  database.pragma('wal_autocheckpoint = 20000');
  database.pragma('cache_size = -524288');
  const writer = new SqliteJournalWriter(database);
  for (let part = 0; part < parts; part++) {
    const { receivedAt, ...records } = recordsOf(part);
    const batch = await prepareBatch(records, principalOf(sender), receivedAt);
    if (batch.rejected.length > 0) throw new Error(`A record was rejected: ${JSON.stringify(batch.rejected[0])}`);
    writer.commit(batch);
  }
  database.pragma('wal_checkpoint(truncate)');
  database.close();
}

answerParent(commands);
