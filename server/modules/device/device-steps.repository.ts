import type { Database } from '../../persistence/database.ts';
import { chunkOf, type FeedChunk } from '../../persistence/journal/feed-chunk.ts';
import { type DeviceRow, type DeviceStep, deviceColumns, toNode } from './device.node.ts';

/** Reads from the feed which devices have changed. */
export class DeviceStepsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The devices that have changed after a cursor, as they are now; one that did several times stands where it last did. */
  async stepsAfter(cursor: number, limit: number, tenantId: string | null): Promise<FeedChunk<DeviceStep>> {
    const rows = await this.#database.read<Omit<DeviceRow, 'id'> & StepRow>(
      `select f.cursor, f.tenant_id as step_tenant, f.subject, ${deviceColumns} from feed f left join device d on d.id = f.subject
       where f.cursor > ? and f.topic = 'deviceChanged' ${tenantId === null ? '' : 'and f.tenant_id = ?'}
       order by f.cursor limit ?`,
      tenantId === null ? [cursor, limit] : [cursor, tenantId, limit],
    );
    const { until } = chunkOf(rows, limit);
    const last = new Map(rows.map((row) => [row.subject, row.cursor]));
    return { steps: rows.filter((row) => last.get(row.subject) === row.cursor).map(toStep), until };
  }

  /** Steps of a tenant after one cursor up to and including another. */
  async countSteps(tenantId: string, after: number, until: number): Promise<number> {
    const [row] = await this.#database.read<{ steps: number }>(
      "select count(*) as steps from feed where tenant_id = ? and topic = 'deviceChanged' and cursor > ? and cursor <= ?",
      [tenantId, after, until],
    );
    return row?.steps ?? 0;
  }
}

interface StepRow {
  readonly cursor: number;
  readonly step_tenant: string;
  readonly subject: number;
  /** Null when the device is gone. */
  readonly id: number | null;
}

function toStep({ cursor, step_tenant: tenantId, subject, ...row }: Omit<DeviceRow, 'id'> & StepRow): DeviceStep {
  const { id } = row;
  return { cursor, tenantId, id: subject, device: id === null ? null : toNode({ ...row, id }) };
}
