import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import type { RemovedRows } from '../data-set/data-set.node.ts';

/** How long a data set is kept; null: that is no reason to delete. */
export interface Rule {
  readonly keepDays: number | null;
  readonly keepBytes: number | null;
}

/** Which rows are old enough. */
export interface Bound {
  /** Epoch milliseconds, exclusive; null: age is no condition. */
  readonly before: number | null;
  /** Only what came with events up to this number. */
  readonly until: number;
}

/** Rows that were counted, and when the first and the last of them were, in epoch milliseconds. */
export interface Span {
  readonly rows: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

/** What a tenant has of a data set. */
export interface Held extends Span {
  /** An estimate: see `weighRows`. */
  readonly sizeBytes: number;
}

/** Keys of rows, and where to look on; null: there is no more. */
export interface FoundKeys {
  readonly keys: readonly SqlValue[];
  readonly next: readonly SqlValue[] | null;
}

/** What a module offers of its rows so that they can be kept for a limited time. Steps go from the oldest row to the latest. */
export interface RetainedSource {
  held(tenantId: string): Promise<Held>;
  /** How many rows may go, exactly. */
  count(tenantId: string, bound: Bound): Promise<Span>;
  /** When that one was of the rows that may go, counted from 1; null: there are fewer. */
  timeOf(tenantId: string, bound: Bound, nth: number): Promise<number | null>;
  /** At most so many of the rows that may go; it may find fewer, even none, and not be at the end. */
  find(tenantId: string, bound: Bound, after: readonly SqlValue[] | null, first: number): Promise<FoundKeys>;
  /** Deletes at most a few hundred rows, with all that hangs on them. */
  remove(transaction: Transaction, tenantId: string, keys: readonly SqlValue[]): Promise<RemovedRows>;
}
