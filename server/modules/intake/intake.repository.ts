import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Database } from '../../persistence/database.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { Intake } from './intake.entity.ts';

export class IntakeRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The intake of that name, made where there is none, also when two callers make it at once. */
  async findOrCreate(tenantId: string, name: string, made: { id: string; createdAt: number }): Promise<Intake> {
    const em = this.#database.em();
    const known = await em.findOne(Intake, { tenant: tenantId, name });
    if (known) return known;
    const intake = em.create(Intake, { ...made, name, tenant: em.getReference(Tenant, tenantId) });
    try {
      await em.persist(intake).flush();
      return intake;
    } catch (cause) {
      if (!(cause instanceof UniqueConstraintViolationException)) throw cause;
      return this.#database.em().findOneOrFail(Intake, { tenant: tenantId, name });
    }
  }

  /** Null when the tenant has one of that name already. */
  async insert(
    tenantId: string,
    made: { id: string; name: string; createdAt: number; location: string | null; deviceType: string | null },
  ): Promise<Intake | null> {
    const em = this.#database.em();
    const intake = em.create(Intake, { ...made, tenant: em.getReference(Tenant, tenantId) });
    try {
      await em.persist(intake).flush();
      return intake;
    } catch (cause) {
      if (cause instanceof UniqueConstraintViolationException) return null;
      throw cause;
    }
  }

  findByIds(tenantId: string, ids: readonly string[]): Promise<Intake[]> {
    return this.#database.em().find(Intake, { tenant: tenantId, id: { $in: [...ids] } });
  }
}
