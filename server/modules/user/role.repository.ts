import type { Permission } from '../../../schema/permissions.ts';
import type { RoleType } from '../../../schema/user/role.type.ts';
import type { Database } from '../../persistence/database.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { refuseTwice } from '../../persistence/unique.ts';
import { isUuid } from '../../uuid-v7.ts';
import { Role } from './role.entity.ts';

export class RoleRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** The oldest first. */
  async findAll(tenantId: string): Promise<RoleType[]> {
    return (await this.#database.em().find(Role, { tenantId }, { orderBy: { id: 'asc' } })).map(toRole);
  }

  async find(tenantId: string, id: string, transaction?: Transaction): Promise<RoleType | null> {
    const role = isUuid(id) ? await (transaction?.em ?? this.#database.em()).findOne(Role, { tenantId, id }) : null;
    return role && toRole(role);
  }

  /** Throws Conflict when the tenant has one of that name. */
  async insert(
    { em }: Transaction,
    role: { id: string; tenantId: string; name: string; permissions: readonly Permission[]; createdAt: number },
  ): Promise<void> {
    await refuseTwice(em.insert(Role, role), taken(role.name));
  }

  async update(
    { em }: Transaction,
    id: string,
    { name, permissions }: Pick<RoleType, 'name' | 'permissions'>,
  ): Promise<void> {
    await refuseTwice(em.nativeUpdate(Role, { id }, { name, permissions }), taken(name));
  }

  async delete({ em }: Transaction, id: string): Promise<void> {
    await em.nativeDelete(Role, { id });
  }
}

export function taken(name: string): string {
  return `A role named "${name}" exists already`;
}

function toRole({ id, name, permissions }: Role): RoleType {
  return { id, name, permissions, isBuiltIn: false };
}
