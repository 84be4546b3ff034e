import Database from 'better-sqlite3';
import { prepareBatch } from '../../server/ingest/intake-batch.ts';
import {
  alertColumns,
  type EventRow,
  eventColumns,
  feedColumns,
  groupColumns,
  type JournalGroup,
} from '../../server/persistence/journal/journal-group.ts';
import { type GroupDelta, sumCounters, sumGroups } from '../../server/persistence/journal/projection.ts';
import { nowMs } from '../clock.ts';
import { type Form, type FormName, forms } from '../forms.ts';
import { principalOf, type Sender } from '../workspace.ts';

/** Everything one transaction inserts, worked out before the clock starts. */
interface Commit {
  readonly group: JournalGroup;
  readonly deltas: readonly GroupDelta[];
  readonly counters: readonly unknown[][];
  readonly before: number;
  readonly feedAfter: number;
}

/** The rows that the server's own code makes of events 0 to `count` of a form. */
export async function prepareRows(sender: Sender, count: number, name: FormName): Promise<JournalGroup> {
  const form: Form = forms[name];
  const events = Array.from({ length: count }, (_, index) => form.event(index));
  return prepareBatch({ format: form.format, events }, principalOf(sender), Date.now());
}

/**
 * The least that storing these rows costs: one thread, the server's tables and pragmas, a bare loop of prepared inserts. Rows,
 * sums of groups and counters are made beforehand; the group an alert belongs to has to be asked of the database.
 */
export class RawInsert {
  readonly #database: Database.Database;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(file: string) {
    this.#database = new Database(file);
    for (const pragma of [
      'journal_mode = WAL',
      'synchronous = FULL',
      'foreign_keys = ON',
      'temp_store = MEMORY',
      'wal_autocheckpoint = 4000',
      'journal_size_limit = 67108864',
      'cache_size = -32768',
    ]) {
      this.#database.pragma(pragma);
    }
    this.#statements = prepareStatements(this.#database);
  }

  /** Inserts all commits; answers the milliseconds of each. */
  run(commits: readonly Commit[]): Float64Array {
    return Float64Array.from(commits, (commit) => {
      const startedAt = nowMs();
      this.#write(commit);
      return nowMs() - startedAt;
    });
  }

  close(): void {
    this.#database.close();
  }

  #write({ group, deltas, counters, before, feedAfter }: Commit): void {
    const { begin, event, alert, feed, openOrJoin, counter, text, head, commit } = this.#statements;
    begin.run();
    for (const row of group.events) event.run(row);
    for (const { row, alerts } of deltas) {
      const id = openOrJoin.get(row) as string;
      for (const member of alerts) member[1] = id;
    }
    let cursor = feedAfter;
    for (const row of group.alerts) {
      if (row === null) continue;
      alert.run(row);
      feed.run(++cursor, row[2], 'alertRaised', row[0]);
    }
    for (const row of counters) counter.run(row);
    text.run(before);
    head.run(before + group.events.length, cursor);
    commit.run();
  }
}

/** Cuts rows into transactions; groups that a transaction before has opened still count as new ones only once. */
export function cutCommits(rows: JournalGroup, perCommit: number): Commit[] {
  const known = new Set<unknown>();
  const commits: Commit[] = [];
  let feedAfter = 0;
  for (let before = 0; before < rows.events.length; before += perCommit) {
    const end = before + perCommit;
    const group: JournalGroup = {
      events: rows.events.slice(before, end),
      alerts: rows.alerts.slice(before, end),
      fingerprints: rows.fingerprints.slice(before, end),
      rejected: [],
    };
    group.events.forEach((row: EventRow, place) => {
      row[0] = before + place + 1;
    });
    const deltas = sumGroups(group);
    const opened = deltas.map(({ row }) => row).filter((row) => !known.has(row[2]));
    for (const row of opened) known.add(row[2]);
    commits.push({ group, deltas, counters: sumCounters(group, opened), before, feedAfter });
    feedAfter += group.alerts.filter((row) => row !== null).length;
  }
  return commits;
}

function prepareStatements(database: Database.Database) {
  const insert = (table: string, columns: readonly string[], rest = '') =>
    database.prepare(`insert into ${table} (${columns}) values (${columns.map(() => '?')}) ${rest}`);
  return {
    begin: database.prepare('begin immediate'),
    event: insert('event', eventColumns),
    alert: insert('alert', alertColumns),
    feed: insert('feed', feedColumns),
    openOrJoin: insert(
      'alert_group',
      groupColumns,
      `on conflict (tenant_id, fingerprint) where closed_at is null do update set
         severity = max(severity, excluded.severity), count = count + excluded.count,
         first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen),
         last_alert_id = max(last_alert_id, excluded.last_alert_id)
       returning id`,
    ).pluck(),
    counter: insert(
      'counter',
      ['tenant_id', 'name', 'value'],
      'on conflict (tenant_id, name) do update set value = value + excluded.value',
    ),
    text: database.prepare(
      'insert into event_text (rowid, title, message, terms) select seq, title, message, terms from event_text_source where seq > ?',
    ),
    head: database.prepare('update journal_head set event_seq = ?, feed_cursor = ? where id = 1'),
    commit: database.prepare('commit'),
  };
}
