import type { IngestFormat } from '../../../schema/ingest/ingest-format.enum.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { RejectedEventType } from '../../../schema/rejected-event/rejected-event.type.ts';
import type { RejectedEventReplayType } from '../../../schema/rejected-event/rejected-event-replay.type.ts';
import type { Database } from '../../persistence/database.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { type KeysetList, readPage } from '../../persistence/keyset-list.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';

interface RejectedEventRow {
  readonly id: string;
  readonly intake_id: string;
  readonly received_at: number;
  readonly reason: string;
  readonly raw: string;
  readonly format: IngestFormat | null;
}

/** A rejected event as resolvers pass it on. */
export interface RejectedEventNode extends RejectedEventType {
  readonly intakeId: string;
}

/** What became of one that was taken in again, with the event that resolvers look up. */
export interface RejectedEventReplayNode extends RejectedEventReplayType {
  readonly eventId: string | null;
}

const latestFirst: KeysetList<RejectedEventRow, RejectedEventNode> = {
  columns: 'r.*',
  table: 'rejected_event r',
  order: { name: 'rejected', columns: ['r.id'], direction: 'desc', uuids: ['r.id'] },
  keyOf: ({ id }) => [id],
  nodeOf: toNode,
  counter: 'rejectedEvents',
};

export class RejectedEventRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  page(tenantId: string, request: PageRequest): Promise<Page<RejectedEventNode>> {
    return readPage(this.#database, latestFirst, tenantId, new Where('r.tenant_id', tenantId), request);
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<RejectedEventNode[]> {
    const where = new Where('r.tenant_id', tenantId).anyOf('r.id', ids);
    const rows = await this.#database.read<RejectedEventRow>(
      `select r.* from rejected_event r ${where.sql}`,
      where.params,
    );
    return rows.map(toNode);
  }

  /** Takes one off the list, and out of the counts of its tenant and its intake. */
  async remove(tenantId: string, id: string): Promise<void> {
    await inJournalTurn(this.#database, (transaction) => removeRejectedEvents(transaction, tenantId, [id]));
  }
}

/** Deletes rejected events, at most a few hundred, and takes them out of the counts of their tenant and their intakes. */
export async function removeRejectedEvents(
  { execute, count }: Transaction,
  tenantId: string,
  ids: readonly string[],
): Promise<{ rows: number }> {
  const { sql, params } = new Where('tenant_id', tenantId).anyOf('id', ids);
  const gone = await execute<{ intake_id: string }>(`delete from rejected_event ${sql} returning intake_id`, params);
  for (const [intakeId, those] of Map.groupBy(gone, ({ intake_id }) => intake_id)) {
    await execute('update intake_activity set rejected = rejected - ? where tenant_id = ? and intake_id = ?', [
      those.length,
      tenantId,
      intakeId,
    ]);
  }
  await count(tenantId, 'rejectedEvents', -gone.length);
  return { rows: gone.length };
}

function toNode({ id, intake_id, received_at, reason, raw, format }: RejectedEventRow): RejectedEventNode {
  return { id, intakeId: intake_id, receivedAt: new Date(received_at), reason, raw, format };
}
