import type { Permission } from '../../../schema/permissions.ts';
import type { Database } from '../../persistence/database.ts';
import type { SqlValue } from '../../persistence/journal/journal-group.ts';
import { inJournalTurn, type Transaction } from '../../persistence/transaction.ts';
import { refuseTwice } from '../../persistence/unique.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { User } from './user.entity.ts';
import { nodeOf, type UserNode, type UserRow } from './user.node.ts';

/** A user before it is stored. */
export interface NewUser {
  readonly id: string;
  readonly tenantId: string;
  readonly email: string;
  readonly name: string;
  readonly roleId: string | null;
  readonly permissions: readonly Permission[];
  readonly passwordHash: string | null;
  readonly createdAt: number;
}

/** What can be changed of a user; what is absent stays as it is. */
export interface UserChanges {
  readonly name?: string;
  readonly roleId?: string | null;
  readonly permissions?: readonly Permission[];
  readonly passwordHash?: string;
  readonly disabledAt?: number | null;
}

const withRole = `select u.id, u.tenant_id, u.email, u.name, u.role_id, u.permissions, u.password_hash, u.created_at, u.disabled_at,
    r.name as role_name, r.permissions as role_permissions
  from app_user u left join app_role r on r.id = u.role_id and r.tenant_id = u.tenant_id`;

/** Reads with `transaction` see what it has written, and nobody else can write until it ends. */
export class UserRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    return inJournalTurn(this.#database, work);
  }

  /** Throws Conflict when the installation has one of that address. */
  async insert({ em }: Transaction, { tenantId, ...made }: NewUser): Promise<void> {
    const user = em.create(User, { ...made, disabledAt: null, tenant: em.getReference(Tenant, tenantId) });
    await refuseTwice(em.persist(user).flush(), `A user with the e-mail address ${made.email} exists already`);
  }

  async update({ em }: Transaction, id: string, changes: UserChanges): Promise<void> {
    await em.nativeUpdate(User, { id }, changes);
  }

  /** The oldest first. */
  findAll(tenantId: string, transaction?: Transaction): Promise<UserNode[]> {
    return this.#find('u.tenant_id = ? order by u.id', [tenantId], transaction);
  }

  async findByIds(tenantId: string, ids: readonly string[]): Promise<UserNode[]> {
    if (ids.length === 0) return [];
    return this.#find(`u.tenant_id = ? and u.id in (${ids.map(() => '?').join(', ')})`, [tenantId, ...ids]);
  }

  async findById(id: string, transaction?: Transaction): Promise<UserNode | null> {
    const [user] = await this.#find('u.id = ?', [id], transaction);
    return user ?? null;
  }

  async findByEmail(email: string): Promise<UserNode | null> {
    const [user] = await this.#find('u.email = ?', [email]);
    return user ?? null;
  }

  /** Whether anybody, in whatever tenant, has a password. */
  async hasPasswords(transaction?: Transaction): Promise<boolean> {
    const sql = 'select 1 as one from app_user where password_hash is not null limit 1';
    const found = transaction ? await transaction.execute(sql, []) : await this.#database.read(sql, []);
    return found.length > 0;
  }

  async #find(where: string, params: readonly SqlValue[], transaction?: Transaction): Promise<UserNode[]> {
    const sql = `${withRole} where ${where}`;
    const rows = transaction
      ? await transaction.execute<UserRow>(sql, params)
      : await this.#database.read<UserRow>(sql, params);
    return rows.map(nodeOf);
  }
}
