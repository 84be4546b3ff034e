import { Client } from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { StartRefused } from '../../../../server/errors.ts';
import { openPostgres } from '../../../../server/persistence/postgres/postgres-database.ts';
import { createTestDatabase } from '../../../support/test-database.ts';

/** How an attempt to open a database ends. */
async function outcomeOf(url: string): Promise<string> {
  try {
    await (await openPostgres(url, () => {})).close();
    return 'opened';
  } catch (cause) {
    expect(cause).toBeInstanceOf(StartRefused);
    return (cause as Error).message;
  }
}

// skipped: SQLite has no server to refuse
describe.skipIf(inject('postgresUrl') === undefined)('openPostgres', () => {
  it('refuses a database that acknowledges before it is durable', async () => {
    const place = await createTestDatabase();
    const client = new Client({ connectionString: place.databaseUrl });
    await client.connect();
    await client.query(`alter database ${client.database} set synchronous_commit = off`);
    await client.end();
    const outcome = await outcomeOf(place.databaseUrl!);
    await place.drop();

    expect(outcome).toBe('PostgreSQL is not safe here: synchronous_commit is on, found off');
  });

  it('refuses a database that is not there, and a password that is wrong, without repeating it', async () => {
    const url = inject('postgresUrl')!;

    expect(await outcomeOf(`${url}/nowhere`)).toBe(
      'The PostgreSQL database of DATABASE_URL cannot be used: database "nowhere" does not exist',
    );
    expect(await outcomeOf(`${url.replace('postgres:postgres@', 'postgres:hunter2@')}/postgres`)).toMatch(
      /^The PostgreSQL database of DATABASE_URL cannot be used: (?!.*hunter2)/,
    );
  });
});
