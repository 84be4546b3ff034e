import type { Severity } from '../../../schema/severity.enum.ts';
import type { Database } from '../../persistence/database.ts';
import { statusOf } from '../alert-group/alert-group.node.ts';

/** The exact counts that are kept with every commit, by name. */
export type Counts = ReadonlyMap<string, number>;

export class StatsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async counts(tenantId: string): Promise<Counts> {
    const rows = await this.#database.read<{ name: string; value: number }>(
      'select name, value from counter where tenant_id = ?',
      [tenantId],
    );
    return new Map(rows.map(({ name, value }) => [name, value]));
  }

  /** Groups that are new or in progress, by severity, the worst first: goes through all that are. */
  openGroups(tenantId: string): Promise<{ severity: Severity; count: number }[]> {
    return this.#database.scan<{ severity: Severity; count: number }>(
      `select g.severity, count(*) as count from alert_group g
       where g.tenant_id = ? and ${statusOf('g')} in ('NEW', 'IN_PROGRESS') group by g.severity order by g.severity desc`,
      [tenantId],
    );
  }

  /** Deliveries that wait to be sent: goes through all that do. */
  async waitingDeliveries(tenantId: string): Promise<number> {
    const [row] = await this.#database.scan<{ waiting: number }>(
      "select count(*) as waiting from delivery where status in ('GATHERING', 'QUEUED') and tenant_id = ?",
      [tenantId],
    );
    return row?.waiting ?? 0;
  }
}
