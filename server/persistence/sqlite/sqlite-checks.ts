import type { BootCheck } from '../database.ts';
import type { SqliteThread } from './sqlite-thread.ts';

/** What must be true of a SQLite connection before Tocsin acknowledges anything on it. */
export async function checkSqlite(thread: SqliteThread): Promise<{ version: string; checks: BootCheck[] }> {
  const ask = async (sql: string): Promise<string> => {
    const [row] = await thread.request<Record<string, string | number>[]>({ kind: 'read', sql, params: [] });
    return String(Object.values(row ?? {})[0]);
  };
  const version = await ask('select sqlite_version()');
  const journal = await ask('pragma journal_mode');
  const synchronous = await ask('pragma synchronous');
  const foreignKeys = await ask('pragma foreign_keys');
  const busyTimeout = await ask('pragma busy_timeout');
  return {
    version,
    checks: [
      { name: 'journal_mode is WAL', found: journal, ok: journal === 'wal' },
      { name: 'synchronous is FULL', found: synchronous, ok: synchronous === '2' },
      { name: 'foreign_keys is on', found: foreignKeys, ok: foreignKeys === '1' },
      { name: 'busy_timeout is at least 5 s', found: `${busyTimeout} ms`, ok: Number(busyTimeout) >= 5000 },
      { name: 'SQLite is at least 3.51.3 and not 3.52.0', found: version, ok: isSoundSqlite(version) },
    ],
  };
}

/** Versions before 3.51.3 can corrupt a WAL database that is reset at the wrong moment; 3.52.0 was withdrawn. */
export function isSoundSqlite(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  if (version === '3.52.0') return false;
  return major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3)));
}
