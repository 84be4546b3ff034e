import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { DataSet } from '../../../schema/data-set/data-set.enum.ts';
import type { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import type { DataSetCountType, DataSetDeletionType, DataSetRowsType } from '../../../schema/data-set/data-set.type.ts';
import { maxDataSetRows } from '../../../schema/paging/page-size.ts';
import { InvalidInput } from '../../errors.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { Place } from '../../persistence/scan.ts';
import type { Actor, AuditService } from '../audit/audit.service.ts';
import type { DataSetStep, DataSource } from './data-set.node.ts';
import type { DataSetRepository } from './data-set.repository.ts';

/** Rows deleted in one transaction: so many that it is worth its sync to disk, so few that ingest hardly waits. */
const deletedAtOnce = 500;

/** What is stored in such numbers that it is exported and deleted by the row. */
export class DataSetService {
  readonly #sets: DataSetRepository;
  readonly #sources: Readonly<Record<DataSet, DataSource>>;
  readonly #audit: AuditService;

  constructor(sets: DataSetRepository, sources: Readonly<Record<DataSet, DataSource>>, audit: AuditService) {
    this.#sets = sets;
    this.#sources = sources;
    this.#audit = audit;
  }

  /**
   * A page of rows, of those stored when the first page was read. Each page is a short read of its own: a reader that is slow, or never
   * comes back, keeps nothing open.
   */
  async rows(
    tenantId: string,
    dataSet: DataSet,
    filter: DataSetFilter | null,
    { first, after: cursor }: PageRequest,
  ): Promise<DataSetRowsType> {
    if (first < 1 || first > maxDataSetRows) throw new InvalidInput('first', `must be from 1 to ${maxDataSetRows}`);
    const { until, after } = cursor == null ? await this.#start() : readCursor(dataSet, cursor);
    const source = this.#sources[dataSet];
    const { rows, end } = await source.read({ tenantId, filter: filter ?? {}, until, after, first });
    return { columns: source.columns, rows, endCursor: end && writeCursor(dataSet, until, end) };
  }

  /** How many rows meet the conditions, of those stored now. */
  async count(tenantId: string, dataSet: DataSet, filter: DataSetFilter | null): Promise<DataSetCountType> {
    const step = { tenantId, filter: filter ?? {}, ...(await this.#start()), first: 0 };
    const { rows, firstAt, lastAt } = await this.#sources[dataSet].count(step);
    return {
      rows,
      firstAt: firstAt === null ? null : new Date(firstAt),
      lastAt: lastAt === null ? null : new Date(lastAt),
    };
  }

  /**
   * Deletes all rows that meet the conditions, of those stored when it begins, in many short transactions between which others have their
   * turn. It goes on when its caller leaves; if the server stops before it is done, what was deleted is so for good. One audit entry is
   * written before anything is gone, another together with the last that goes.
   */
  async delete(actor: Actor, dataSet: DataSet, filter: DataSetFilter): Promise<DataSetDeletionType> {
    const source = this.#sources[dataSet];
    const { tenantId } = actor;
    let step: DataSetStep = { tenantId, filter, ...(await this.#start()), first: deletedAtOnce };
    let { rows: ids, end } = await source.find(step);
    let done = { deletedRows: 0, deletedCaptures: 0, correctedSums: 0 };
    const begun = { action: AuditAction.DELETE_DATA_SET, subject: dataSet, details: { filter } };
    const auditEntryId = await this.#sets.transaction((transaction) => this.#audit.record(transaction, actor, begun));
    for (;;) {
      const found = ids;
      const isLast = end === null;
      if (found.length > 0 || isLast) {
        done = await this.#sets.transaction(async (transaction) => {
          const { rows, captures = 0, sums = 0 } = await source.remove(transaction, tenantId, found);
          const total = {
            deletedRows: done.deletedRows + rows,
            deletedCaptures: done.deletedCaptures + captures,
            correctedSums: done.correctedSums + sums,
          };
          if (isLast) {
            const details = { ...total, begunBy: auditEntryId };
            await this.#audit.record(transaction, actor, {
              action: AuditAction.DELETE_DATA_SET_FINISHED,
              subject: dataSet,
              details,
            });
          }
          return total;
        });
      }
      if (end === null) return { ...done, auditEntryId };
      step = { ...step, after: end };
      ({ rows: ids, end } = await source.find(step));
    }
  }

  async #start(): Promise<{ until: number; after: Place | null }> {
    return { until: await this.#sets.lastEvent(), after: null };
  }
}

function writeCursor(dataSet: DataSet, until: number, { occurredAt, id }: Place): string {
  return `${dataSet.toLowerCase()}:${until}:${occurredAt}:${id}`;
}

function readCursor(dataSet: DataSet, cursor: string): { until: number; after: Place } {
  const [, name, until, occurredAt, id] = /^([a-z_]+):(\d{1,15}):(-?\d{1,16}):(\d{1,16})$/.exec(cursor) ?? [];
  if (name !== dataSet.toLowerCase()) throw new InvalidInput('after', 'is not a cursor of this data set');
  return { until: Number(until), after: { occurredAt: Number(occurredAt), id: Number(id) } };
}
