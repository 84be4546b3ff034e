import type { DataSetFilter } from '../../../schema/data-set/data-set.input.ts';
import type { Place, ScanCount, Scanned } from '../../persistence/scan.ts';
import type { Transaction } from '../../persistence/transaction.ts';

/** Which rows of a data set a step goes through. */
export interface DataSetStep {
  readonly tenantId: string;
  readonly filter: DataSetFilter;
  /** Only what came with events up to this number. */
  readonly until: number;
  /** Null: from the beginning. */
  readonly after: Place | null;
  /** The most rows it may find. */
  readonly first: number;
}

/** What became of rows that were to be deleted; some may have been gone before. */
export interface RemovedRows {
  readonly rows: number;
  /** Packet captures that went with them. */
  readonly captures?: number;
  /** Sums by quarters of an hour that hold for what is left. */
  readonly sums?: number;
}

/**
 * What a module offers of its rows to be exported and deleted by the many. Steps go from the earliest row to the latest; one may find
 * few rows or none and not be the last (see `scanStep`). They throw InvalidInput for a condition that the rows do not know.
 */
export interface DataSource {
  /** The names of a row's values. */
  readonly columns: readonly string[];
  /** Rows as arrays of values in the order of `columns`. */
  read(step: DataSetStep): Promise<Scanned<readonly unknown[]>>;
  /** The numbers of rows. */
  find(step: DataSetStep): Promise<Scanned<number>>;
  /** How many rows meet the conditions, exactly; `after` and `first` are of no matter. */
  count(step: DataSetStep): Promise<ScanCount>;
  /** Deletes at most a few thousand rows, with all that hangs on them. */
  remove(transaction: Transaction, tenantId: string, ids: readonly number[]): Promise<RemovedRows>;
}
