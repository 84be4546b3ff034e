import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { migratedTemplate, onServer } from './postgres-server.ts';

/** A place to store things for one test: a folder, and on PostgreSQL a database of its own. */
export interface TestDatabase {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  drop(): Promise<void>;
}

export interface NewDatabase {
  /** Whether the tables are there already, where that saves time: on PostgreSQL a copy is made faster than the tables are. */
  readonly isMigrated?: boolean;
}

export async function createTestDatabase({ isMigrated = false }: NewDatabase = {}): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tocsin-test-'));
  const server = inject('postgresUrl');
  if (server === undefined)
    return { dataDir, databaseUrl: undefined, drop: () => rm(dataDir, { recursive: true, force: true }) };
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer(server, `create database ${name} template ${isMigrated ? migratedTemplate : 'template1'}`);
  return {
    dataDir,
    databaseUrl: `${server}/${name}`,
    async drop() {
      await onServer(server, `drop database ${name} with (force)`);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
