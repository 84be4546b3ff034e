import type { IMigrator } from '@mikro-orm/core';
import { StartRefused } from '../errors.ts';

/** How far the tables have been brought up to date: which step it is at, and since when in all. */
export interface MigrationProgress {
  readonly step: string;
  /** From 1. */
  readonly place: number;
  readonly of: number;
  readonly seconds: number;
}

export type TellProgress = (progress: MigrationProgress) => void;

/** A step may read and write every event that is stored: whoever waits for it has to be told that it goes on. */
const tellEachMs = 5000;

/**
 * Brings the tables up to date; refuses a database that a later version of Tocsin has changed already. What takes long is told of
 * every `eachMs`.
 */
export async function migrate(
  migrator: IMigrator,
  known: readonly { readonly name: string }[],
  tell: TellProgress,
  eachMs = tellEachMs,
): Promise<void> {
  const names = new Set(known.map(({ name }) => name));
  const executed = await migrator.getExecuted();
  const later = executed.filter(({ name }) => !names.has(name));
  if (later.length > 0) {
    throw new StartRefused(
      `The database was changed by a later version of Tocsin (${later.map(({ name }) => name).join(', ')}): start that one.`,
      'DATABASE_NEWER',
    );
  }
  const startedAt = performance.now();
  const begun: string[] = [];
  const begin = ({ name }: { readonly name: string }) => void begun.push(name);
  const tellNow = () =>
    tell({
      step: begun.at(-1) ?? '',
      place: begun.length,
      of: known.length - executed.length,
      seconds: Math.round((performance.now() - startedAt) / 1000),
    });
  const timer = setInterval(tellNow, eachMs);
  migrator.on('migrating', begin);
  try {
    await migrator.up();
  } finally {
    migrator.off('migrating', begin);
    clearInterval(timer);
  }
}
