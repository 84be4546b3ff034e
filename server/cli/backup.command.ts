import type { Command } from 'commander';
import { type Config, readConfig } from '../config.ts';
import { Conflict } from '../errors.ts';
import type { Tell } from './command.ts';

export function addBackupCommands(program: Command, tell: Tell): void {
  program
    .command('backup')
    .description('copy the database to a new file, also from under a running server')
    .argument('<file>', 'where the copy goes; it must not be there yet')
    .action(async (target: string) => {
      const config = onSqlite(readConfig());
      const { backUpSqlite } = await import('../persistence/sqlite/sqlite-backup.ts');
      const { databaseFile } = await import('../persistence/sqlite/sqlite-database.ts');
      const { file, bytes, events } = await backUpSqlite(databaseFile(config.dataDir), target);
      tell({
        json: { file, bytes, events },
        text: `${file} holds ${events} events (${bytes} bytes). Keep a copy of secret.key as well: without it no credential opens anything.`,
      });
    });
  program
    .command('restore')
    .description('put a backup in the place of the database; the server must be stopped, and what it had is kept')
    .argument('<file>', 'what `tocsin backup` made')
    .action(async (source: string) => {
      const config = onSqlite(readConfig());
      const { restoreSqlite } = await import('../persistence/sqlite/sqlite-restore.ts');
      const { file, events, replaced } = await restoreSqlite(config.dataDir, source, new Date());
      const kept = replaced === undefined ? '' : ` What was there before is kept as ${replaced}.`;
      tell({
        json: { file, events, replaced: replaced ?? null },
        text: `${file} is restored from ${source}: ${events} events.${kept}`,
      });
    });
}

function onSqlite(config: Config): Config {
  if (config.databaseUrl !== undefined) {
    throw new Conflict('DATABASE_URL names a PostgreSQL database: back it up with pg_dump, restore it with pg_restore');
  }
  return config;
}
