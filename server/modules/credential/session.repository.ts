import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { Intake } from '../intake/intake.entity.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { Credential } from './credential.entity.ts';

/** A session before it is stored. */
export interface NewSession {
  readonly id: string;
  readonly tenantId: string;
  readonly intakeId: string;
  readonly userId: string;
  readonly secretHash: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** The credentials of kind SESSION. */
export class SessionRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  async insert({ em }: Transaction, { tenantId, intakeId, ...session }: NewSession): Promise<void> {
    const row = em.create(Credential, {
      ...session,
      kind: 'SESSION',
      name: 'Session',
      permissions: [],
      revokedAt: null,
      lastUsedAt: null,
      tenant: em.getReference(Tenant, tenantId),
      intake: em.getReference(Intake, intakeId),
    });
    await em.persist(row).flush();
  }

  /** Those that open something at a time, the latest first; with `userId` those of one user. */
  findOpen(tenantId: string, userId: string | undefined, at: number): Promise<Credential[]> {
    return this.#database.em().find(
      Credential,
      {
        tenant: tenantId,
        kind: 'SESSION',
        ...(userId !== undefined && { userId }),
        revokedAt: null,
        expiresAt: { $gt: at },
      },
      { orderBy: { id: 'desc' } },
    );
  }

  findOne({ em }: Transaction, tenantId: string, id: string): Promise<Credential | null> {
    return em.findOne(Credential, { tenant: tenantId, id, kind: 'SESSION' });
  }

  /** Ends sessions of a user for good: that of an id, or all but one, or all. */
  async revoke(
    { em }: Transaction,
    userId: string,
    which: { readonly only?: string; readonly except?: string },
    at: number,
  ): Promise<void> {
    const { only, except } = which;
    const id = only !== undefined ? { id: only } : except !== undefined ? { id: { $ne: except } } : {};
    await em.nativeUpdate(Credential, { userId, kind: 'SESSION', revokedAt: null, ...id }, { revokedAt: at });
  }

  /** Forgets the sessions of a user that have ended; of the others it ends all but the latest so many. */
  async tidy({ em }: Transaction, userId: string, most: number, at: number): Promise<void> {
    const over = { $or: [{ revokedAt: { $ne: null } }, { expiresAt: { $lte: at } }] };
    await em.nativeDelete(Credential, { userId, kind: 'SESSION', ...over });
    const rest = await em.find(Credential, { userId, kind: 'SESSION' }, { orderBy: { id: 'desc' }, fields: ['id'] });
    const surplus = rest.slice(most).map(({ id }) => id);
    if (surplus.length > 0) await em.nativeUpdate(Credential, { id: { $in: surplus } }, { revokedAt: at });
  }
}
