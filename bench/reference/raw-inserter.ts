import type { JournalGroup } from '../../server/persistence/journal/journal-group.ts';
import type { FormName } from '../forms.ts';
import { answerParent } from '../side-process.ts';
import type { Sender } from '../workspace.ts';
import { cutCommits, prepareRows, RawInsert } from './raw-insert.ts';

// A process that inserts the rows of the server's events into the server's tables, with nothing around it.

export interface RawOptions {
  readonly file: string;
  readonly perCommit: number;
  /** Rows that are inserted first and not timed. */
  readonly warmUp: number;
  readonly count: number;
}

export interface RawReport {
  readonly seconds: number;
  /** Processor time of that. */
  readonly cpuSeconds: number;
  /** Milliseconds of each commit. */
  readonly latencies: Float64Array;
}

let rows: JournalGroup | undefined;

const commands = {
  async prepare({ sender, count, form = 'wazuh' }: { sender: Sender; count: number; form?: FormName }): Promise<void> {
    rows = await prepareRows(sender, count, form);
  },

  insert({ file, perCommit, warmUp, count }: RawOptions): RawReport {
    if (rows === undefined) throw new Error('No rows were prepared');
    const end = warmUp + count;
    const { events, alerts, fingerprints } = rows;
    const part = {
      events: events.slice(0, end),
      alerts: alerts.slice(0, end),
      fingerprints: fingerprints.slice(0, end),
      rejected: [],
    };
    const commits = cutCommits(part, perCommit);
    const raw = new RawInsert(file);
    raw.run(commits.slice(0, warmUp / perCommit));
    const cpuBefore = process.cpuUsage();
    const startedAt = performance.now();
    const latencies = raw.run(commits.slice(warmUp / perCommit));
    const seconds = (performance.now() - startedAt) / 1000;
    const { user, system } = process.cpuUsage(cpuBefore);
    raw.close();
    return { seconds, cpuSeconds: (user + system) / 1e6, latencies };
  },
};

export type RawCommands = typeof commands;

answerParent(commands);
