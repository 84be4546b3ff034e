import type { Database } from '../../persistence/database.ts';
import {
  compareIndexes,
  expectIndexes,
  type Indexes,
  readIndexes,
  type TableHealth,
} from '../../persistence/index-health.ts';
import { readCounter } from '../../persistence/keyset.ts';
import { databaseBytes } from '../../persistence/storage-size.ts';

/** What the database is, and what of it can be told at once, whatever it holds. */
export class AboutRepository {
  readonly #database: Database;
  #expected: Indexes | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  get engine() {
    const { kind, version, checks } = this.#database;
    return { kind, version, checks: [...checks] };
  }

  count(tenantId: string, counter: 'events' | 'alerts'): Promise<number> {
    return readCounter(this.#database, tenantId, counter);
  }

  /** Of the installation. */
  sizeBytes(): Promise<number> {
    return databaseBytes(this.#database);
  }

  /** What is wrong with the indexes of each table. */
  async indexHealth(): Promise<TableHealth[]> {
    this.#expected ??= expectIndexes(this.#database);
    return compareIndexes(this.#expected, await readIndexes(this.#database));
  }
}
