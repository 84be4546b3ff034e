import type { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import type { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import { InvalidInput } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import { canonicalMac } from '../../mac-address.ts';
import type { Database } from '../../persistence/database.ts';
import { lastIdOfEvent } from '../../persistence/journal/journal-group.ts';
import { type RemovedRecords, removeRecords } from '../../persistence/journal/remove-records.ts';
import { likeAny, spelledLike } from '../../persistence/pattern.ts';
import { type Scan, type ScanCount, type Scanned, scanCount, scanStep } from '../../persistence/scan.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';
import type { DataSetStep } from '../data-set/data-set.node.ts';
import { type FlowDataRow, flowData } from './flow-data.ts';
import { flowTables } from './flow-record.node.ts';

/** Reads and deletes flow records by the many. */
export class FlowDataRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A step through the records of a kind (see `scanStep`); throws InvalidInput for a condition that the kind does not know. */
  scan(kind: FlowKind, step: DataSetStep, columns: string): Promise<Scanned<FlowDataRow>> {
    return scanStep(this.#database, { columns, ...this.#rowsOf(kind, step) }, step.after, step.first);
  }

  /** How many records meet the conditions. */
  count(kind: FlowKind, step: DataSetStep): Promise<ScanCount> {
    return scanCount(this.#database, this.#rowsOf(kind, step));
  }

  #rowsOf(kind: FlowKind, { tenantId, filter, until }: DataSetStep): Omit<Scan, 'columns'> {
    // The plus keeps SQLite from reading along the numbers, and sorting all that it finds by time.
    const along = new Where('r.tenant_id', tenantId)
      .within('r.occurred_at', filter.occurredAt)
      .and('+r.id <= ?', lastIdOfEvent(until));
    return { table: flowTables[kind].table, alias: 'r', along, where: this.#narrow(along.copy(), kind, filter) };
  }

  /** Deletes records with their share of counters and sums. */
  remove(transaction: Transaction, tenantId: string, kind: FlowKind, ids: readonly number[]): Promise<RemovedRecords> {
    return removeRecords(transaction, tenantId, kind, ids);
  }

  #narrow(where: Where, kind: FlowKind, { occurredAt: _along, agent, ...conditions }: DataSetFilter): Where {
    const texts: Readonly<Record<string, string>> = flowData[kind].texts;
    const numbers: Readonly<Record<string, string>> = flowData[kind].numbers;
    where.anyOf('r.agent', agent);
    for (const [name, values] of Object.entries(conditions)) {
      if (!values?.length) continue;
      const [text, number] = [texts[name], numbers[name]];
      if (text !== undefined) {
        const { sql, params } = likeAny(this.#database.kind, [`r.${text}`], spelled(values as string[]));
        where.and(sql, ...params);
      } else if (number !== undefined) where.anyOf(`r.${number}`, values as number[]);
      else throw new InvalidInput(name, `is no condition on ${kind}`);
    }
    return where;
  }
}

/** Addresses in the spelling that is stored. */
function spelled(patterns: readonly string[]): string[] {
  return spelledLike(patterns, (text) => canonicalIp(text) ?? canonicalMac(text)) ?? [];
}
