import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventSubscriber, TransactionEventArgs } from '@mikro-orm/core';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';
import { type Statements, statementsOn } from './transaction.ts';

/** A row that a unit of work stores anew. */
export interface Made {
  /** Its entity's name. */
  readonly entity: string;
  readonly id: string;
}

/** What wants to be stored together with whatever the work around it stores. */
export interface Companion {
  /** Called before each commit of the work, with the rows that it makes; what is written here becomes part of that commit. */
  beforeCommit(statements: Statements, made: readonly Made[]): Promise<void>;
}

const companions = new AsyncLocalStorage<Companion>();

/** Runs `work`; whatever it commits through MikroORM, the companion is asked first. */
export function accompany<Result>(companion: Companion, work: () => Promise<Result>): Promise<Result> {
  return companions.run(companion, work);
}

/** The companion of the work that this is called in. */
export function companionHere(): Companion | undefined {
  return companions.getStore();
}

/** Lets companions into the commits of MikroORM: those of a flush, and those of explicit transactions. */
export class CompanionSubscriber implements EventSubscriber {
  readonly #kind: Database['kind'];

  constructor(kind: Database['kind']) {
    this.#kind = kind;
  }

  async beforeTransactionCommit({ uow, transaction }: TransactionEventArgs): Promise<void> {
    const companion = companionHere();
    if (!companion || !transaction) return;
    const made = (uow?.getChangeSets() ?? [])
      .filter(({ type }) => type === 'create')
      .map((change) => ({ entity: change.meta.className, id: String(change.getPrimaryKey()) }));
    await companion.beforeCommit(statementsOn(transaction as Kysely<unknown>, this.#kind), made);
  }
}
