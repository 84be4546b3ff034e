import type { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import type { ScanCount, Scanned } from '../../persistence/scan.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import type { DataSetStep, DataSource, RemovedRows } from '../data-set/data-set.node.ts';
import type { FlowDataRepository } from './flow-data.repository.ts';
import { flowData } from './flow-data.ts';

/** The flow records of a kind, as a data set. */
export class FlowDataService implements DataSource {
  readonly #records: FlowDataRepository;
  readonly #kind: FlowKind;
  readonly columns: readonly string[];

  constructor(records: FlowDataRepository, kind: FlowKind) {
    this.#records = records;
    this.#kind = kind;
    this.columns = flowData[kind].columns.map(([name]) => name);
  }

  async read(step: DataSetStep): Promise<Scanned<readonly unknown[]>> {
    const { columns } = flowData[this.#kind];
    const { rows, end } = await this.#records.scan(this.#kind, step, 'r.*');
    return { rows: rows.map((row) => columns.map(([, tell]) => tell(row))), end };
  }

  async find(step: DataSetStep): Promise<Scanned<number>> {
    const { rows, end } = await this.#records.scan(this.#kind, step, 'r.id, r.occurred_at');
    return { rows: rows.map(({ id }) => id), end };
  }

  count(step: DataSetStep): Promise<ScanCount> {
    return this.#records.count(this.#kind, step);
  }

  remove(transaction: Transaction, tenantId: string, ids: readonly number[]): Promise<RemovedRows> {
    return this.#records.remove(transaction, tenantId, this.#kind, ids);
  }
}
