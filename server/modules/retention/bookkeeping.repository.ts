import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, inTransaction, type Statements } from '../../persistence/transaction.ts';

/** How often it is written down where the journal stands, in milliseconds: as finely as the age of the feed can be told. */
const markMs = 6 * 3_600_000;

/** A group that is gone, of which nothing is left to be told. */
const isOver = (group: string) =>
  `not exists (select 1 from alert_group g where g.id = ${group})
   and not exists (select 1 from delivery d where d.group_id = ${group} and d.status in ('GATHERING', 'QUEUED'))`;
/** What is left of groups that are gone, by table: which rows, and by which key. */
const remains = [
  { table: 'alert_group_entry', key: ['id'], condition: isOver('r.group_id') },
  { table: 'sink_group', key: ['group_id', 'sink_id'], condition: isOver('r.group_id') },
  {
    table: 'notification_episode',
    key: ['group_id', 'sink_id', 'from_alert'],
    condition: `not exists (select 1 from sink_group s where s.group_id = r.group_id and s.sink_id = r.sink_id
        and s.from_alert = r.from_alert)
      and not exists (select 1 from alert a where a.group_id = r.group_id and a.severity in (1, 2, 3, 4, 5, 6)
        and a.id >= r.from_alert and a.id <= r.to_alert)
      and not exists (select 1 from delivery d where d.id = r.delivery_id and d.status in ('GATHERING', 'QUEUED'))`,
  },
] as const;

/** What the server keeps for itself, of all tenants, and deletes when it is of no more use. */
export class BookkeepingRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Writes down where the journal stands, unless that was done lately. */
  async mark(now: number): Promise<void> {
    await inJournalTurn(this.#database, ({ execute }) =>
      execute(
        `insert into journal_mark (at, event_seq, feed_cursor) select ${this.#bigint('?')}, event_seq, feed_cursor from journal_head
         where not exists (select 1 from journal_mark where at > ?) on conflict do nothing`,
        [now, now - markMs],
      ),
    );
  }

  /**
   * Deletes steps of the feed from before an instant, at most so many, once they have been routed; while there is no sink, nobody routes.
   * Answers how many they were.
   */
  async deleteSteps(before: number, most: number): Promise<number> {
    const [row] = await this.#database.read<{ last: number | null }>(
      `select max(cursor) as last from (select f.cursor from feed f where (f.cursor <= (select r.feed_cursor from delivery_router r)
           or not exists (select 1 from event_sink))
         and f.cursor <= (select max(m.feed_cursor) from journal_mark m where m.at <= ?)
       order by f.cursor limit ?) as oldest`,
      [before, most],
    );
    const last = row?.last ?? null;
    if (last === null) return 0;
    return inTransaction(this.#database, async ({ execute }) => {
      await execute(
        `insert into feed_floor (tenant_id, feed, place) select id, 'steps', ${this.#bigint('?')} from tenant where true
         on conflict (tenant_id, feed) do update set place = excluded.place where feed_floor.place < excluded.place`,
        [last],
      );
      return (await execute('delete from feed where cursor <= ? returning cursor', [last])).length;
    });
  }

  /** Deletes a part of a bulk change that ended before an instant; answers how many rows, 0: there is none left. */
  async deleteBulkChange(before: number, most: number): Promise<number> {
    const [done] = await this.#database.read<{ id: string }>(
      "select id from bulk_change where status in ('DONE', 'UNDONE') and finished_at < ? order by finished_at limit 1",
      [before],
    );
    if (!done) return 0;
    return inTransaction(this.#database, async ({ execute }) => {
      const items = await execute(
        `delete from bulk_change_item where bulk_change_id = ? and group_id in
           (select i.group_id from bulk_change_item i where i.bulk_change_id = ? order by i.group_id limit ?) returning group_id`,
        [done.id, done.id, most],
      );
      if (items.length < most) await execute('delete from bulk_change where id = ?', [done.id]);
      return items.length + 1;
    });
  }

  /** Deletes what is left of groups that are gone, and what became of alerts that are gone; at most so many rows; answers how many. */
  async deleteRemains(most: number): Promise<number> {
    let deleted = 0;
    for (const { table, key, condition } of remains) {
      const columns = key.map((column) => `r.${column}`).join(', ');
      const rows = await this.#database.scan<Record<string, string | number>>(
        `select ${columns} from ${table} r where ${condition} limit ?`,
        [most],
      );
      if (rows.length === 0) continue;
      const same = key.map((column) => `r.${column} = ?`).join(' and ');
      deleted += await inTransaction(this.#database, async ({ execute }: Statements) => {
        let gone = 0;
        for (const row of rows) {
          const values = key.map((column) => row[column] ?? null);
          gone += (await execute(`delete from ${table} as r where ${same} and ${condition} returning 1`, values))
            .length;
        }
        return gone;
      });
    }
    return deleted;
  }

  /** PostgreSQL takes a parameter in a list of columns for a text. */
  #bigint(parameter: string): string {
    return this.#database.kind === 'postgres' ? `${parameter}::bigint` : parameter;
  }
}
