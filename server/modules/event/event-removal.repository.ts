import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';

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
  const gone = await execute<{ seq: number }>(`delete from event ${chosen.sql} returning seq`, chosen.params);
  if (gone.length === 0) return { rows: 0 };
  await count(tenantId, 'events', -gone.length);
  await execute(
    `insert into feed_floor (tenant_id, feed, place) values (?, 'events', ?)
     on conflict (tenant_id, feed) do update set place = excluded.place where feed_floor.place < excluded.place`,
    [tenantId, gone.reduce((last, { seq }) => Math.max(last, seq), 0)],
  );
  return { rows: gone.length };
}
