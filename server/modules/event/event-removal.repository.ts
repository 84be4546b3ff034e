import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';

/** How finely it stays known when events were received that are gone, in milliseconds. */
const markMs = 6 * 3_600_000;

/**
 * Deletes events of a tenant by their numbers, at most a few hundred, with what full text knows of them. Those that an alert was raised by
 * stay. Whoever follows events from before the last of them is told of a gap from then on.
 */
export async function removeEvents(
  transaction: Transaction,
  tenantId: string,
  seqs: readonly number[],
): Promise<{ rows: number }> {
  const { kind, execute, count } = transaction;
  const chosen = new Where('tenant_id', tenantId)
    .anyOf('seq', seqs)
    .and('not exists (select 1 from alert a where a.id = event.seq)');
  if (kind === 'sqlite') {
    // Full text takes words out again that it is told of. What an alert that is gone by now had added is not known any more: those
    // few terms stay, and lead to no event.
    await execute(
      `insert into event_text (event_text, rowid, title, message, terms)
       select 'delete', seq, title, message, terms from event_text_source
       where seq in (select seq from event ${chosen.sql})`,
      chosen.params,
    );
  } else {
    await execute(`delete from event_text where seq in (select seq from event ${chosen.sql})`, chosen.params);
  }
  const gone = await execute<{ seq: number; received_at: number }>(
    `delete from event ${chosen.sql} returning seq, received_at`,
    chosen.params,
  );
  const last = gone.reduce((latest, row) => (row.seq > latest.seq ? row : latest), { seq: 0, received_at: 0 });
  if (gone.length === 0) return { rows: 0 };
  await count(tenantId, 'events', -gone.length);
  await execute(
    `insert into feed_floor (tenant_id, feed, place) values (?, 'events', ?)
     on conflict (tenant_id, feed) do update set place = excluded.place where feed_floor.place < excluded.place`,
    [tenantId, last.seq],
  );
  // Of other data that came with it, only the event could have told when it was received.
  await execute(
    `insert into journal_mark (at, event_seq, feed_cursor) select ${kind === 'postgres' ? '?::bigint, ?::bigint' : '?, ?'}, 0
     where not exists (select 1 from journal_mark where at > ? and at <= ?) on conflict do nothing`,
    [last.received_at, last.seq, last.received_at - markMs, last.received_at],
  );
  return { rows: gone.length };
}
