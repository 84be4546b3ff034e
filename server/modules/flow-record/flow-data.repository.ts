import type { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import type { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import { InvalidInput } from '../../errors.ts';
import { canonicalIp } from '../../ip-address.ts';
import { canonicalMac } from '../../mac-address.ts';
import type { Database } from '../../persistence/database.ts';
import { lastIdOfEvent } from '../../persistence/journal/journal-group.ts';
import { type RemovedRecords, removeRecords } from '../../persistence/journal/remove-records.ts';
import { likeAny, spelledLike } from '../../persistence/pattern.ts';
import { type Scanned, scanStep } from '../../persistence/scan.ts';
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
  scan(
    kind: FlowKind,
    { tenantId, filter, until, after, first }: DataSetStep,
    columns: string,
  ): Promise<Scanned<FlowDataRow>> {
    const along = new Where('r.tenant_id', tenantId)
      .within('r.occurred_at', filter.occurredAt)
      .and('r.id <= ?', lastIdOfEvent(until));
    const where = this.#narrow(along.copy(), kind, filter);
    const { table } = flowTables[kind];
    return scanStep(this.#database, { columns, table, alias: 'r', along, where }, after, first);
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
