import type { Config } from '../config.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { OwnBackups } from './own-backups.ts';

/** The backups of a server's own database; undefined with PostgreSQL, which is backed up by its own means. */
export async function openOwnBackups(
  config: Config,
  metrics: Metrics,
  log: Logger,
  now: () => number,
): Promise<OwnBackups | undefined> {
  if (config.databaseUrl !== undefined) return undefined;
  // A server on PostgreSQL does not load SQLite.
  const { backUpInThread } = await import('../persistence/sqlite/sqlite-backup-thread.ts');
  const { saysDamaged } = await import('../persistence/sqlite/sqlite-backup.ts');
  const { databaseFile } = await import('../persistence/sqlite/sqlite-database.ts');
  const source = databaseFile(config.dataDir);
  const copy = (target: string) => backUpInThread(source, target);
  return new OwnBackups({ config, source, copy, saysDamaged, metrics, log, now });
}
