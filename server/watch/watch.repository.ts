import type { IntakeKind } from '../../schema/intake/intake.enum.ts';
import type { Database } from '../persistence/database.ts';
import { sourceRhythmSchema } from './source-rhythm.entity.ts';
import type { Source } from './source-table.ts';

/** What the watch must know of an intake. */
export interface WatchedIntake {
  readonly id: string;
  readonly tenantId: string;
  readonly name: string;
  readonly kind: IntakeKind;
  readonly isWatched: boolean;
  /** The silence that is too long; null: as its rhythm says. */
  readonly silenceAfterMs: number | null;
  readonly lastEventAt: number | null;
  /** Whether a credential opens it. */
  readonly hasKey: boolean;
}

interface IntakeRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly name: string;
  readonly kind: IntakeKind;
  readonly is_watched: number | boolean;
  readonly silence_after_seconds: number | null;
  readonly last_event_at: number | null;
  readonly keys: number;
}

interface RhythmRow {
  readonly intake_id: string;
  readonly tenant_id: string;
  readonly host: string;
  readonly first_seen: number;
  readonly last_seen: number;
  readonly observations: number;
  readonly gap: number;
  readonly pause_seen: number;
  readonly pause: number;
  readonly pause_at: number;
  readonly silent_since: number | null;
}

/** Rows written by one statement. */
const chunk = 100;

/** The watch is of the whole server, so these queries are not of one tenant; what they find is told to its own tenant alone. */
export class WatchRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All intakes of all tenants. */
  async intakes(now: number): Promise<WatchedIntake[]> {
    const rows = await this.#database.read<IntakeRow>(
      `select i.id, i.tenant_id, i.name, i.kind, i.is_watched, i.silence_after_seconds, a.last_event_at,
         (select count(*) from credential c where c.intake_id = i.id and c.revoked_at is null
           and (c.expires_at is null or c.expires_at > ?)) as keys
       from intake i left join intake_activity a on a.intake_id = i.id`,
      [now],
    );
    return rows.map((row) => ({
      id: row.id,
      tenantId: row.tenant_id,
      name: row.name,
      kind: row.kind,
      isWatched: Boolean(row.is_watched),
      silenceAfterMs: row.silence_after_seconds === null ? null : row.silence_after_seconds * 1000,
      lastEventAt: row.last_event_at,
      hasKey: row.keys > 0,
    }));
  }

  /** What was learned before, the longest unheard first, at most so many. */
  async load(most: number): Promise<Source[]> {
    const rows = await this.#database.read<RhythmRow>('select * from source_rhythm order by last_seen desc limit ?', [
      most,
    ]);
    return rows.reverse().map(toSource);
  }

  /** What another node, or this one before, stored of a source. */
  async find({ intakeId, host }: Source): Promise<Source | undefined> {
    const [row] = await this.#database.read<RhythmRow>('select * from source_rhythm where intake_id = ? and host = ?', [
      intakeId,
      host,
    ]);
    return row && toSource(row);
  }

  /** Drops what nobody heard since. */
  async forget(before: number): Promise<void> {
    await this.#database.em().nativeDelete(sourceRhythmSchema, { lastSeen: { $lt: before } });
  }

  async save(sources: readonly Source[]): Promise<void> {
    for (let start = 0; start < sources.length; start += chunk) {
      const rows = sources.slice(start, start + chunk).map(toRow);
      await this.#database.em().upsertMany(sourceRhythmSchema, rows, { onConflictFields: ['intakeId', 'host'] });
    }
  }
}

function toSource(row: RhythmRow): Source {
  return {
    tenantId: row.tenant_id,
    intakeId: row.intake_id,
    host: row.host,
    rhythm: {
      firstSeen: row.first_seen,
      lastSeen: row.last_seen,
      countedAt: row.last_seen,
      observations: row.observations,
      gap: row.gap,
      pauseSeen: row.pause_seen,
      pause: row.pause,
      pauseAt: row.pause_at,
    },
    silentSince: row.silent_since,
    resumedAt: 0,
    isDirty: false,
  };
}

function toRow({ tenantId, intakeId, host, rhythm, silentSince }: Source) {
  const { countedAt: _, ...learned } = rhythm;
  return { tenantId, intakeId, host, ...learned, gap: Math.round(learned.gap), silentSince };
}
