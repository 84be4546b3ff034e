import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Database } from '../../persistence/database.ts';
import {
  checkPageSize,
  type Order,
  type PageRequest,
  readCursor,
  toPage,
  writeCursor,
} from '../../persistence/keyset.ts';
import { changeRows } from '../../persistence/transaction.ts';
import { EventSink, type KeptTest } from './event-sink.entity.ts';

/** A sink before it is stored. */
export type NewEventSink = Omit<EventSinkValues, 'switchedOffReason' | 'lastTest'> & {
  readonly id: string;
  readonly tenantId: string;
  readonly kind: EventSink['kind'];
  readonly createdAt: number;
};

/** What can change of a sink. */
export type EventSinkValues = Pick<
  EventSink,
  | 'name'
  | 'description'
  | 'configuration'
  | 'sealedSecrets'
  | 'isEnabled'
  | 'minSeverity'
  | 'filter'
  | 'digestSeconds'
  | 'updatedAt'
> & {
  readonly maxPerHour: number | null;
  readonly switchedOffReason: string | null;
  readonly lastTest: KeptTest | null;
};

const oldestFirst: Order = { name: 'sink', columns: ['id'], direction: 'asc', uuids: ['id'] };

export class EventSinkRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The oldest first. */
  async page(tenantId: string, request: PageRequest): Promise<Page<EventSink>> {
    checkPageSize(request);
    const [after] = request.after == null ? [] : readCursor(request.after, oldestFirst);
    const rows = await this.#database
      .em()
      .find(
        EventSink,
        { tenantId, ...(after != null && { id: { $gt: String(after) } }) },
        { orderBy: { id: 'asc' }, limit: request.first + 1 },
      );
    return toPage(
      rows,
      request,
      ({ id }) => writeCursor(oldestFirst, [id]),
      (row) => row,
      async () => ({ value: await this.count(tenantId), isLowerBound: false }),
    );
  }

  count(tenantId: string): Promise<number> {
    return this.#database.em().count(EventSink, { tenantId });
  }

  /** Of every tenant. */
  findAll(): Promise<EventSink[]> {
    return this.#database.em().find(EventSink, {}, { orderBy: { id: 'asc' } });
  }

  find(tenantId: string, id: string): Promise<EventSink | null> {
    return this.#database.em().findOne(EventSink, { tenantId, id });
  }

  findSome(tenantId: string, ids: readonly string[]): Promise<EventSink[]> {
    return this.#database.em().find(EventSink, { tenantId, id: { $in: [...ids] } });
  }

  /** Of whatever tenant: for the server's own work alone. */
  findById(id: string): Promise<EventSink | null> {
    return this.#database.em().findOne(EventSink, { id });
  }

  async insert(made: NewEventSink): Promise<EventSink> {
    const em = this.#database.em();
    const sink = em.create(EventSink, { ...made, switchedOffReason: null, lastTest: null });
    await em.persist(sink).flush();
    return sink;
  }

  /** False, and nothing changed, when the sink is no longer as it was read. */
  async update(read: EventSink, changes: Partial<EventSinkValues>): Promise<boolean> {
    const { id, updatedAt, sealedSecrets } = read;
    const asRead = { id, updatedAt, sealedSecrets };
    return (await changeRows(this.#database, (em) => em.nativeUpdate(EventSink, asRead, changes))) === 1;
  }

  /** Of a sink that is no longer as it was read nothing is kept. It is not a change of the sink's: `updatedAt` stays. */
  async setLastTest({ id, updatedAt, sealedSecrets }: EventSink, lastTest: KeptTest): Promise<void> {
    await changeRows(this.#database, (em) =>
      em.nativeUpdate(EventSink, { id, updatedAt, sealedSecrets }, { lastTest }),
    );
  }

  /** What was deleted; null when the tenant has no sink of that id. */
  async delete(tenantId: string, id: string): Promise<EventSink | null> {
    const em = this.#database.em();
    const sink = await em.findOne(EventSink, { tenantId, id });
    if (sink) await em.remove(sink).flush();
    return sink;
  }
}
