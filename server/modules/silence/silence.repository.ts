import type { Page } from '../../../schema/paging/connection.type.ts';
import { SilenceState } from '../../../schema/silence/silence.enum.ts';
import type { Database } from '../../persistence/database.ts';
import {
  checkPageSize,
  type Order,
  type PageRequest,
  readCursor,
  toPage,
  writeCursor,
} from '../../persistence/keyset.ts';
import { Silence } from './silence.entity.ts';

/** What can change of a silence. */
export type SilenceValues = Pick<Silence, 'matchers' | 'startsAt' | 'endsAt' | 'reason' | 'updatedAt'> & {
  readonly recurrence: Silence['recurrence'] | null;
};

/** A silence before it is stored. */
export type NewSilence = SilenceValues &
  Pick<Silence, 'id' | 'tenantId' | 'createdAt'> & { readonly createdBy: string | null };

const latestFirst: Order = { name: 'silence', columns: ['id'], direction: 'desc', uuids: ['id'] };

export class SilenceRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The latest made first. */
  async page(
    tenantId: string,
    state: SilenceState | null | undefined,
    nowMs: number,
    request: PageRequest,
  ): Promise<Page<Silence>> {
    checkPageSize(request);
    const [after] = request.after == null ? [] : readCursor(request.after, latestFirst);
    const chosen = { tenantId, ...timesOf(state, nowMs) };
    const rows = await this.#database
      .em()
      .find(
        Silence,
        { ...chosen, ...(after != null && { id: { $lt: String(after) } }) },
        { orderBy: { id: 'desc' }, limit: request.first + 1 },
      );
    return toPage(
      rows,
      request,
      ({ id }) => writeCursor(latestFirst, [id]),
      (row) => row,
      async () => ({ value: await this.#database.em().count(Silence, chosen), isLowerBound: false }),
    );
  }

  /** Those that have begun and not ended. */
  findActive(tenantId: string, nowMs: number): Promise<Silence[]> {
    const active = { tenantId, ...timesOf(SilenceState.ACTIVE, nowMs) };
    return this.#database.em().find(Silence, active, { orderBy: { id: 'asc' } });
  }

  countUnexpired(tenantId: string, nowMs: number): Promise<number> {
    return this.#database.em().count(Silence, { tenantId, endsAt: { $gt: nowMs } });
  }

  findSome(tenantId: string, ids: readonly string[]): Promise<Silence[]> {
    return this.#database.em().find(Silence, { tenantId, id: { $in: [...ids] } });
  }

  find(tenantId: string, id: string): Promise<Silence | null> {
    return this.#database.em().findOne(Silence, { tenantId, id });
  }

  async insert(made: NewSilence): Promise<Silence> {
    const em = this.#database.em();
    const silence = em.create(Silence, made);
    await em.persist(silence).flush();
    return silence;
  }

  /** Null when the tenant has no silence of that id. */
  async update(tenantId: string, id: string, changes: Partial<SilenceValues>): Promise<Silence | null> {
    const em = this.#database.em();
    const silence = await em.findOne(Silence, { tenantId, id });
    if (!silence) return null;
    Object.assign(silence, changes);
    await em.flush();
    return silence;
  }
}

function timesOf(state: SilenceState | null | undefined, nowMs: number) {
  if (state === SilenceState.ACTIVE) return { startsAt: { $lte: nowMs }, endsAt: { $gt: nowMs } };
  if (state === SilenceState.UPCOMING) return { startsAt: { $gt: nowMs } };
  return state === SilenceState.EXPIRED ? { endsAt: { $lte: nowMs } } : {};
}
