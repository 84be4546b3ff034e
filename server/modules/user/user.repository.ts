import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Permission } from '../../../schema/permissions.ts';
import { Conflict } from '../../errors.ts';
import type { Database } from '../../persistence/database.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { User } from './user.entity.ts';

/** A user before it is stored. */
export interface NewUser {
  readonly id: string;
  readonly tenantId: string;
  readonly email: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly passwordHash: string | null;
  readonly createdAt: number;
}

/** What can be changed of a user; what is absent stays as it is. */
export interface UserChanges {
  readonly name?: string;
  readonly permissions?: readonly Permission[];
  readonly disabledAt?: number | null;
}

export class UserRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  findByIds(tenantId: string, ids: readonly string[]): Promise<User[]> {
    return this.#database.em().find(User, { tenant: tenantId, id: { $in: [...ids] } });
  }

  /** Throws Conflict when the installation has one of that address. */
  async insert({ tenantId, ...made }: NewUser): Promise<User> {
    const em = this.#database.em();
    const user = em.create(User, { ...made, disabledAt: null, tenant: em.getReference(Tenant, tenantId) });
    try {
      await em.persist(user).flush();
    } catch (cause) {
      if (cause instanceof UniqueConstraintViolationException)
        throw new Conflict(`A user with the e-mail address ${made.email} exists already`);
      throw cause;
    }
    return user;
  }

  async update(id: string, changes: UserChanges): Promise<User> {
    const em = this.#database.em();
    const user = await em.findOneOrFail(User, { id });
    em.assign(user, changes);
    await em.flush();
    return user;
  }

  /** The oldest first. */
  findAll(tenantId: string): Promise<User[]> {
    return this.#database.em().find(User, { tenant: tenantId }, { orderBy: { id: 'asc' } });
  }

  findById(id: string): Promise<User | null> {
    return this.#database.em().findOne(User, { id });
  }

  findByEmail(email: string): Promise<User | null> {
    return this.#database.em().findOne(User, { email });
  }
}
