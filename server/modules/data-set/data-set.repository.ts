import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';

export class DataSetRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The number of the last event stored: whatever is stored from now on has a greater one. */
  async lastEvent(): Promise<number> {
    const [head] = await this.#database.read<{ event_seq: number }>('select event_seq from journal_head', []);
    return head?.event_seq ?? 0;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }
}
