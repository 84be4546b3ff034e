import type { InferEntity } from '@mikro-orm/core';
import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { setupLinkSchema } from './setup-link.entity.ts';

export type SetupLinkRow = InferEntity<typeof setupLinkSchema>;

export class SetupLinkRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** Those that have had their day are forgotten at the same time. */
  async insert({ em }: Transaction, link: Omit<SetupLinkRow, 'usedAt'>): Promise<void> {
    await em.nativeDelete(setupLinkSchema, { expiresAt: { $lte: link.createdAt } });
    await em.insert(setupLinkSchema, { ...link, usedAt: null });
  }

  /** The link of that secret that still can be used at a time. */
  findOpen(secretHash: string, at: number, transaction?: Transaction): Promise<SetupLinkRow | null> {
    const em = transaction?.em ?? this.#database.em();
    return em.findOne(setupLinkSchema, { secretHash, usedAt: null, expiresAt: { $gt: at } });
  }

  /** Spends all links of a user, or with null all that could have made the first person. */
  async spend({ em }: Transaction, userId: string | null, at: number): Promise<void> {
    await em.nativeUpdate(setupLinkSchema, { userId, usedAt: null }, { usedAt: at });
  }
}
