import { Client } from 'pg';

/** The database whose tables are up to date, to be copied; nobody may be connected to it then. */
export const migratedTemplate = 'tocsin_template';

/** Runs a statement on the server of a URL without a path, in no test's database. */
export async function onServer(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query(sql);
  await client.end();
}
