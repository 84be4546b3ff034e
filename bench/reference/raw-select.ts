import { closeSync, openSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { SqlValue } from '../../server/persistence/journal/journal-group.ts';
import { nowMs } from '../clock.ts';
import { answerParent } from '../side-process.ts';

// A process that asks the server's database the same with bare better-sqlite3, with nothing around it.

/** A page of network alerts and how many there are, as plain SQL asks for them. */
export interface RawPage {
  /** Condition on `a` (alert) and `e` (its event), besides the kind; its parameters. */
  readonly where?: string;
  readonly params?: readonly SqlValue[];
  /** Columns to order by, with `desc` where it is. */
  readonly order: string;
  readonly offset?: number;
}

const pageSize = 100;
const columns =
  'a.id, a.occurred_at, a.agent, a.agent_name, a.source_ip, a.source_mac, a.source_port, a.destination_ip, a.destination_mac, a.destination_port, a.severity, a.type, e.title, e.message';
const source = 'alert a join event e on e.seq = a.id';

const commands = {
  /** Milliseconds of each of several times, and how many rows there are. */
  page({ file, page, repeats }: { file: string; page: RawPage; repeats: number }): {
    times: Float64Array;
    total: number;
  } {
    const database = open(file);
    const where = `where a.kind = 'NETWORK' ${page.where ? `and ${page.where}` : ''}`;
    const counted = page.where?.includes('e.') ? source : 'alert a';
    const count = database.prepare(`select count(*) from ${counted} ${where}`).pluck();
    const rows = database.prepare(
      `select ${columns} from ${source} ${where} order by ${page.order} limit ${pageSize} offset ?`,
    );
    let total = 0;
    const times = Float64Array.from({ length: repeats }, () => {
      const startedAt = nowMs();
      total = count.get(...(page.params ?? [])) as number;
      rows.all(...(page.params ?? []), page.offset ?? 0);
      return nowMs() - startedAt;
    });
    database.close();
    return { times, total };
  },

  /** Seconds to write all network alerts into a file as comma-separated values, not packed. */
  export({ file, to }: { file: string; to: string }): { seconds: number } {
    const database = open(file);
    const startedAt = nowMs();
    const handle = openSync(to, 'w');
    const all = database.prepare(
      `select ${columns} from ${source} where a.kind = 'NETWORK' order by a.occurred_at, a.id`,
    );
    const lines: string[] = [];
    const flush = () =>
      writeSync(
        handle,
        lines
          .splice(0)
          .map((line) => `${line}\r\n`)
          .join(''),
      );
    for (const row of all.raw().iterate() as IterableIterator<SqlValue[]>) {
      lines.push(row.map(cell).join(','));
      if (lines.length === 1000) flush();
    }
    flush();
    closeSync(handle);
    database.close();
    return { seconds: (nowMs() - startedAt) / 1000 };
  },

  /** The only value that a statement answers. */
  value({ file, sql }: { file: string; sql: string }): number {
    const database = open(file);
    const value = database.prepare(sql).pluck().get() as number;
    database.close();
    return value;
  },
};

export type RawSelectCommands = typeof commands;

/** With as much memory as the server gives each of its readers. */
function open(file: string): Database.Database {
  const database = new Database(file, { readonly: true });
  database.pragma('cache_size = -16384');
  database.pragma('temp_store = MEMORY');
  return database;
}

function cell(value: SqlValue): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

answerParent(commands);
