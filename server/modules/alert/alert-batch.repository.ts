import type { EntityManager } from '@mikro-orm/sql';
import type { AlertKind } from '../../../schema/alert/alert.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { appendGroupSteps } from '../../persistence/journal/append-feed.ts';
import { alertCounters, type SqlValue } from '../../persistence/journal/journal-group.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';

/** The highest severity and the last alert that a group `alert_group` has left. */
const severityLeft = '(select max(a.severity) from alert a where a.group_id = alert_group.id)';
const lastLeft = `(select max((select max(a.id) from alert a where a.group_id = alert_group.id and a.severity = s.severity))
  from (select 1 as severity union all select 2 union all select 3 union all select 4 union all select 5 union all select 6) s)`;

/** Deletes alerts with all that hangs on them. */
export class AlertBatchRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Deletes an alert in one transaction with what is done besides; false: there was none of that kind. */
  delete(
    tenantId: string,
    kind: AlertKind,
    id: number,
    besides: (transaction: Transaction) => Promise<unknown>,
  ): Promise<boolean> {
    return inJournalTurn(this.#database, async (transaction) => {
      const gone = await this.deleteIn(transaction.em, tenantId, kind, [id]);
      if (gone.length > 0) await besides(transaction);
      return gone.length > 0;
    });
  }

  /**
   * Deletes these alerts within a transaction, with their packets; their groups and the exact counts follow, and a group that has
   * none left goes too. Their steps of the feed stay, and lead nowhere from then on. The lock that commits of the journal take
   * first is taken first here too, so that neither waits for the other in a circle.
   */
  async deleteIn(em: EntityManager, tenantId: string, kind: AlertKind, ids: readonly number[]): Promise<number[]> {
    if (ids.length === 0) return [];
    const marks = placeholders(ids);
    await em.execute('update journal_head set feed_cursor = feed_cursor where id = 1', [], 'run');
    const gone = await em.execute<{ id: number; group_id: string }[]>(
      `delete from alert where tenant_id = ? and kind = ? and id in (${marks}) returning id, group_id`,
      [tenantId, kind, ...ids],
    );
    if (gone.length === 0) return [];
    await em.execute(
      `delete from packet_capture where tenant_id = ? and alert_id in (${marks})`,
      [tenantId, ...ids],
      'run',
    );
    await this.#correctGroups(
      em,
      tenantId,
      Map.groupBy(gone, ({ group_id }) => group_id),
    );
    await this.#count(em, tenantId, ['alerts', alertCounters[kind]], gone.length);
    return gone.map(({ id }) => id);
  }

  /** Groups that lose the same number of alerts are corrected at once. */
  async #correctGroups(
    em: EntityManager,
    tenantId: string,
    gone: ReadonlyMap<string, readonly unknown[]>,
  ): Promise<void> {
    const byLoss = Map.groupBy(gone.keys(), (id) => gone.get(id)?.length ?? 0);
    for (const [loss, ids] of byLoss) {
      await em.execute(
        `update alert_group set count = count - ?, severity = coalesce(${severityLeft}, severity),
         last_alert_id = coalesce(${lastLeft}, last_alert_id) where tenant_id = ? and id in (${placeholders(ids)})`,
        [loss, tenantId, ...ids],
        'run',
      );
    }
    const emptied = await em.execute<unknown[]>(
      `delete from alert_group where tenant_id = ? and id in (${placeholders([...gone.keys()])})
       and not exists (select 1 from alert a where a.group_id = alert_group.id) returning id`,
      [tenantId, ...gone.keys()],
    );
    if (emptied.length > 0) await this.#count(em, tenantId, ['alertGroups'], emptied.length);
    await appendGroupSteps(em, tenantId, [...gone.keys()]);
  }

  async #count(em: EntityManager, tenantId: string, names: readonly string[], loss: number): Promise<void> {
    await em.execute(
      `update counter set value = value - ? where tenant_id = ? and name in (${placeholders(names)})`,
      [loss, tenantId, ...names],
      'run',
    );
  }
}

function placeholders(values: readonly SqlValue[]): string {
  return values.map(() => '?').join(', ');
}
