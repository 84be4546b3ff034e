import type { Database } from '../../persistence/database.ts';
import { chunkOf, type FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import { type EventRow, withoutRaw } from './event.repository.ts';
import type { EventStep } from './event-step.node.ts';

interface StepRow extends Omit<EventRow, 'raw'> {
  readonly source_key: string | null;
  readonly destination_key: string | null;
}

/** Reads events in the order in which they were stored: they are a feed of their own, and need no steps in the other. */
export class EventStepsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<EventStep>> {
    const rows = await this.#database.read<StepRow>(
      `select seq, id, tenant_id, intake_id, occurred_at, received_at, format, host, app, severity, is_alert, title, message,
         external_id, source_key, destination_key
       from event where seq > ? ${tenantId === null ? '' : 'and tenant_id = ?'} order by seq limit ?`,
      tenantId === null ? [cursor, limit] : [cursor, tenantId, limit],
    );
    return chunkOf(rows.map(toStep), limit);
  }

  /** Events of a tenant after one number up to and including another. */
  async countSteps(tenantId: string, after: number, until: number): Promise<number> {
    const [row] = await this.#database.read<{ steps: number }>(
      'select count(*) as steps from event where tenant_id = ? and seq > ? and seq <= ?',
      [tenantId, after, until],
    );
    return row?.steps ?? 0;
  }

  /** The last number given. */
  async lastCursor(): Promise<number> {
    const [row] = await this.#database.read<{ event_seq: number }>('select event_seq from journal_head', []);
    return row?.event_seq ?? 0;
  }
}

function toStep(row: StepRow): EventStep {
  return {
    ...withoutRaw(row),
    cursor: row.seq,
    sourceKey: row.source_key,
    destinationKey: row.destination_key,
  };
}
