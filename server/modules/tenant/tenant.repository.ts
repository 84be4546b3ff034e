import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Conflict } from '../../errors.ts';
import type { Database } from '../../persistence/database.ts';
import { Tenant } from './tenant.entity.ts';

export class TenantRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async insert(tenant: { id: string; name: string; createdAt: number }): Promise<Tenant> {
    const em = this.#database.em();
    const row = em.create(Tenant, tenant);
    try {
      await em.persist(row).flush();
    } catch (cause) {
      if (cause instanceof UniqueConstraintViolationException)
        throw new Conflict(`A tenant named "${tenant.name}" exists already`);
      throw cause;
    }
    return row;
  }

  findById(id: string): Promise<Tenant | null> {
    return this.#database.em().findOne(Tenant, { id });
  }

  findByName(name: string): Promise<Tenant | null> {
    return this.#database.em().findOne(Tenant, { name });
  }

  async setBackupModule(id: string, isOn: boolean): Promise<void> {
    await this.#database.em().nativeUpdate(Tenant, { id }, { backupModule: isOn });
  }

  findAll(): Promise<Tenant[]> {
    return this.#database.em().find(Tenant, {}, { orderBy: { id: 'asc' } });
  }
}
