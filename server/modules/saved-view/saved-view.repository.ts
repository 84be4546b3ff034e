import type { InferEntity } from '@mikro-orm/core';
import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { savedViewSchema } from './saved-view.entity.ts';

/** A row of `saved_view`. */
export type SavedView = InferEntity<typeof savedViewSchema>;

/** What may be changed of it. */
export type SavedViewChanges = Partial<Pick<SavedView, 'name' | 'query' | 'isShared' | 'updatedAt'>>;

/** Whose a view is. */
export interface Owner {
  readonly tenantId: string;
  readonly ownerId: string;
}

export class SavedViewRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** Those of an owner and, up to `most` of them, those that others of the tenant share; by name. */
  async visible({ tenantId, ownerId }: Owner, most: number): Promise<SavedView[]> {
    const own = await this.#database.em().find(savedViewSchema, { tenantId, ownerId });
    const shared = await this.#database
      .em()
      .find(
        savedViewSchema,
        { tenantId, ownerId: { $ne: ownerId }, isShared: true },
        { orderBy: { id: 'asc' }, limit: most },
      );
    return [...own, ...shared].sort(
      (left, right) => left.name.localeCompare(right.name) || (left.id < right.id ? -1 : 1),
    );
  }

  countOwn({ em }: Transaction, { tenantId, ownerId }: Owner): Promise<number> {
    return em.count(savedViewSchema, { tenantId, ownerId });
  }

  findOwn({ em }: Transaction, { tenantId, ownerId }: Owner, id: string): Promise<SavedView | null> {
    return em.findOne(savedViewSchema, { tenantId, ownerId, id });
  }

  async insert({ em }: Transaction, view: SavedView): Promise<void> {
    await em.insert(savedViewSchema, view);
  }

  async update({ em }: Transaction, { tenantId, id }: SavedView, changes: SavedViewChanges): Promise<void> {
    await em.nativeUpdate(savedViewSchema, { tenantId, id }, changes);
  }

  async delete({ em }: Transaction, { tenantId, id }: SavedView): Promise<void> {
    await em.nativeDelete(savedViewSchema, { tenantId, id });
  }
}
