import type { IMigrator } from '@mikro-orm/core';
import { StartRefused } from '../errors.ts';

/** Brings the tables up to date; refuses a database that a later version of Tocsin has changed already. */
export async function migrate(migrator: IMigrator, known: readonly { readonly name: string }[]): Promise<void> {
  const names = new Set(known.map(({ name }) => name));
  const later = (await migrator.getExecuted()).filter(({ name }) => !names.has(name));
  if (later.length > 0) {
    throw new StartRefused(
      `The database was changed by a later version of Tocsin (${later.map(({ name }) => name).join(', ')}): start that one.`,
      'DATABASE_NEWER',
    );
  }
  await migrator.up();
}
