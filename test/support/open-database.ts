import type { Database } from '../../server/persistence/database.ts';
import { openPostgres } from '../../server/persistence/postgres/postgres-database.ts';
import { openSqlite } from '../../server/persistence/sqlite/sqlite-database.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** An opened database without a server on it, and its place, to open it once more. */
export interface OpenedDatabase extends AsyncDisposable {
  readonly database: Database;
  readonly place: TestDatabase;
}

/** Opens the database of a place, as one more process would. */
export function openAt({ dataDir, databaseUrl }: TestDatabase): Promise<Database> {
  return databaseUrl === undefined ? openSqlite({ dataDir, readers: 1 }) : openPostgres(databaseUrl, () => {});
}

/** A new database of the kind that the vitest project is for, up to date. */
export async function openTestDatabase(): Promise<OpenedDatabase> {
  const place = await createTestDatabase({ isMigrated: true });
  const database = await openAt(place);
  return {
    database,
    place,
    async [Symbol.asyncDispose]() {
      await database.close();
      await place.drop();
    },
  };
}
