import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { refuseTwice } from '../../persistence/unique.ts';
import { Tenant } from './tenant.entity.ts';

/** What can be changed of a tenant; what is absent stays as it is. */
export interface TenantChanges {
  readonly name?: string;
  readonly alertThreshold?: number;
  readonly backupModule?: boolean;
}

export class TenantRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  async insert(tenant: { id: string; name: string; createdAt: number }): Promise<Tenant> {
    const em = this.#database.em();
    const row = em.create(Tenant, tenant);
    await refuseTwice(em.persist(row).flush(), taken(tenant.name));
    return row;
  }

  async update({ em }: Transaction, id: string, changes: TenantChanges): Promise<Tenant> {
    const tenant = await em.findOneOrFail(Tenant, { id });
    em.assign(tenant, changes);
    await refuseTwice(em.flush(), taken(tenant.name));
    return tenant;
  }

  findById(id: string): Promise<Tenant | null> {
    return this.#database.em().findOne(Tenant, { id });
  }

  findByName(name: string): Promise<Tenant | null> {
    return this.#database.em().findOne(Tenant, { name });
  }

  async findOldest(): Promise<Tenant | null> {
    const [oldest] = await this.#database.em().find(Tenant, {}, { orderBy: { createdAt: 'asc', id: 'asc' }, limit: 1 });
    return oldest ?? null;
  }

  async setBackupModule(id: string, isOn: boolean): Promise<void> {
    await this.#database.em().nativeUpdate(Tenant, { id }, { backupModule: isOn });
  }

  findAll(): Promise<Tenant[]> {
    return this.#database.em().find(Tenant, {}, { orderBy: { id: 'asc' } });
  }
}

function taken(name: string): string {
  return `A tenant named "${name}" exists already`;
}
