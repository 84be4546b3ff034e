import type { Page } from '../../../schema/paging/connection.type.ts';
import type { RejectedEventType } from '../../../schema/rejected-event/rejected-event.type.ts';
import type { Database } from '../../persistence/database.ts';
import {
  checkPageSize,
  countRows,
  type Order,
  orderBy,
  type PageRequest,
  startAfter,
  toPage,
  writeCursor,
} from '../../persistence/keyset.ts';
import { Where } from '../../persistence/where.ts';

interface RejectedEventRow {
  readonly id: string;
  readonly intake_id: string;
  readonly received_at: number;
  readonly reason: string;
  readonly raw: string;
}

/** A rejected event as resolvers pass it on. */
export interface RejectedEventNode extends RejectedEventType {
  readonly intakeId: string;
}

const latestFirst: Order = { name: 'rejected', columns: ['r.id'], direction: 'desc', uuids: ['r.id'] };

export class RejectedEventRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async page(tenantId: string, request: PageRequest): Promise<Page<RejectedEventNode>> {
    checkPageSize(request);
    const where = new Where('r.tenant_id', tenantId);
    const from = startAfter(where.copy(), latestFirst, request.after);
    const rows = await this.#database.read<RejectedEventRow>(
      `select r.* from rejected_event r ${from.sql} ${orderBy(latestFirst)} limit ?`,
      [...from.params, request.first + 1],
    );
    return toPage(
      rows,
      request,
      (row) => writeCursor(latestFirst, [row.id]),
      toNode,
      () => countRows(this.#database, tenantId, 'rejectedEvents', 'rejected_event r', where),
    );
  }

  async byIds(tenantId: string, ids: readonly string[]): Promise<RejectedEventNode[]> {
    const where = new Where('r.tenant_id', tenantId).anyOf('r.id', ids);
    const rows = await this.#database.read<RejectedEventRow>(
      `select r.* from rejected_event r ${where.sql}`,
      where.params,
    );
    return rows.map(toNode);
  }
}

function toNode({ id, intake_id, received_at, reason, raw }: RejectedEventRow): RejectedEventNode {
  return { id, intakeId: intake_id, receivedAt: new Date(received_at), reason, raw };
}
