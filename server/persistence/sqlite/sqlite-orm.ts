import { MikroORM } from '@mikro-orm/sqlite';
import type { Dialect } from 'kysely';
import { CompanionSubscriber } from '../before-commit.ts';
import { sqliteMigrations } from '../migrations/sqlite/index.ts';
import { migrationOptions, ormOptions } from '../orm-options.ts';

/** MikroORM on SQLite: it writes through one dialect and reads through the other. */
export function openSqliteOrm(writer: Dialect, reader: Dialect): Promise<MikroORM> {
  return MikroORM.init({
    ...ormOptions,
    dbName: 'tocsin.db',
    driverOptions: writer,
    replicas: [{ name: 'reader', driverOptions: reader }],
    preferReadReplicas: false,
    subscribers: [new CompanionSubscriber('sqlite')],
    migrations: { ...migrationOptions, migrationsList: sqliteMigrations },
  });
}
