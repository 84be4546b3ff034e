import type { IntakeActivity } from '../../../schema/intake/intake.type.ts';
import type { Database } from '../../persistence/database.ts';
import { Where } from '../../persistence/where.ts';
import { intakeActivitySchema } from './intake-activity.entity.ts';

/** What the journal keeps of an intake. */
export interface ActivityRow {
  readonly intake_id: string;
  readonly events: number;
  readonly rejected: number;
  readonly dropped: number;
  readonly last_event_at: number | null;
  readonly last_rejected_at: number | null;
  readonly last_rejected_id: string | null;
  readonly window_no: number;
  readonly window_events: number;
  readonly previous_events: number;
}

/** What has come by an intake, as resolvers pass it on. */
export interface IntakeActivityNode extends IntakeActivity {
  readonly lastRejectedId: string | null;
}

export class IntakeActivityRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of those intakes that something has come by. */
  findByIntakes(tenantId: string, intakeIds: readonly string[]): Promise<ActivityRow[]> {
    if (intakeIds.length === 0) return Promise.resolve([]);
    const where = new Where('tenant_id', tenantId).anyOf('intake_id', intakeIds);
    return this.#database.read<ActivityRow>(`select * from intake_activity ${where.sql}`, where.params);
  }

  /** Counts messages that were lost before they reached the journal. */
  async addDropped(tenantId: string, intakeId: string, count: number): Promise<void> {
    const em = this.#database.em();
    const nothing = { events: 0, rejected: 0, dropped: 0, windowNo: 0, windowEvents: 0, previousEvents: 0 };
    await em.upsert(
      intakeActivitySchema,
      { intakeId, tenantId, ...nothing, lastEventAt: null, lastRejectedAt: null, lastRejectedId: null },
      { onConflictFields: ['intakeId'], onConflictAction: 'ignore' },
    );
    await em
      .getConnection('write')
      .execute('update intake_activity set dropped = dropped + ? where intake_id = ?', [count, intakeId]);
  }
}
