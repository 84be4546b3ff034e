import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { Permission } from '../../../schema/permissions.ts';
import type { PersonType } from '../../../schema/user/person.type.ts';
import type { RoleType } from '../../../schema/user/role.type.ts';
import type { CreateUserInput, UpdateUserInput } from '../../../schema/user/user.input.ts';
import type { UserType } from '../../../schema/user/user.type.ts';
import type { Principal } from '../../context.ts';
import { Forbidden, InvalidInput, NotFound } from '../../errors.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import { type Actor, type AuditService, operatorOf } from '../audit/audit.service.ts';
import { checkName } from '../intake/intake.service.ts';
import { keepingKeeper } from './keeper.ts';
import { checkPassword, hashPassword, isPassword } from './password.ts';
import { builtInRole, builtInRoles } from './role.node.ts';
import type { RoleRepository } from './role.repository.ts';
import { toUser, type UserNode } from './user.node.ts';
import type { UserChanges, UserRepository } from './user.repository.ts';

/** A user as the operator or a caller describes one: with a role, or with permissions of its own. */
export interface UserDescription {
  readonly email: string;
  readonly name?: string | undefined;
  readonly roleId?: string | null | undefined;
  readonly permissions?: readonly Permission[] | null | undefined;
  readonly password?: string | undefined;
}

type Caller = Actor & Pick<Principal, 'permissions'>;

/** What gives a user its permissions, and which these are. */
interface Grant {
  readonly roleId: string | null;
  readonly permissions: readonly Permission[];
  readonly granted: readonly Permission[];
}

const neverInEmail = /[\s\p{C}]/u;
const mostEmailLength = 254;

/** The people of every tenant, and what each of them may do. */
export class UserService {
  readonly #users: UserRepository;
  readonly #roles: RoleRepository;
  readonly #audit: AuditService;
  readonly #now: () => number;

  constructor(users: UserRepository, roles: RoleRepository, audit: AuditService, now: () => number) {
    this.#users = users;
    this.#roles = roles;
    this.#audit = audit;
    this.#now = now;
  }

  /** For the operator, whom nothing limits. Throws Conflict when the address is taken, in whatever tenant. */
  async create(tenantId: string, description: UserDescription): Promise<UserNode> {
    return this.#create(operatorOf(tenantId), description, async (within) =>
      this.#grantOf(within, tenantId, description),
    );
  }

  /** In a caller's name: Forbidden when it would grant what the caller does not hold. */
  async createFor(caller: Caller, { email, name, roleId, permissions }: CreateUserInput): Promise<UserType> {
    const user = await this.#create(caller, { email, name: name ?? undefined }, async (within) => {
      const grant = await this.#grantOf(within, caller.tenantId, { roleId, permissions });
      if (!grant) throw new InvalidInput('permissions', 'give a role, or permissions');
      refuseMore(caller, grant.granted);
      return grant;
    });
    return toUser(user);
  }

  /** For the operator: the user of that id or e-mail address, in whatever tenant. */
  async find(idOrEmail: string): Promise<UserNode> {
    const user = isUuid(idOrEmail)
      ? await this.#users.findById(idOrEmail)
      : await this.#users.findByEmail(canonicalEmail(idOrEmail));
    if (!user) throw new NotFound('User', idOrEmail);
    return user;
  }

  /** The user whom a text typed as an e-mail address names; null also for what is no address. */
  findByEmail(typed: string): Promise<UserNode | null> {
    const address = canonical(typed);
    return isAddress(address) ? this.#users.findByEmail(address) : Promise.resolve(null);
  }

  /** The tenant's own user; NotFound also for one of another tenant. */
  async findIn(tenantId: string, id: string, transaction?: Transaction): Promise<UserNode> {
    const user = await this.#findIn(tenantId, id, transaction);
    if (!user) throw new NotFound('User', id);
    return user;
  }

  async get(tenantId: string, id: string): Promise<UserType | null> {
    const user = await this.#findIn(tenantId, id);
    return user && toUser(user);
  }

  async list(tenantId: string): Promise<UserType[]> {
    return (await this.#users.findAll(tenantId)).map(toUser);
  }

  /** Who the tenant's users of these ids are, in the order asked for; null where there is none. */
  async people(tenantId: string, ids: readonly string[]): Promise<(PersonType | null)[]> {
    const found = new Map((await this.#users.findByIds(tenantId, ids)).map(({ id, name }) => [id, { id, name }]));
    return ids.map((id) => found.get(id) ?? null);
  }

  /** Whether nobody in the whole installation has a password yet. */
  async isUnset(transaction?: Transaction): Promise<boolean> {
    return !(await this.#users.hasPasswords(transaction));
  }

  /** For the operator: the role of that id or name, of the tenant or built in. */
  async findRole(tenantId: string, idOrName: string): Promise<RoleType> {
    const all = [...builtInRoles, ...(await this.#roles.findAll(tenantId))];
    const wanted = idOrName.trim().toLowerCase();
    const role = all.find(({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted);
    if (!role) throw new NotFound('Role', idOrName);
    return role;
  }

  /** For the operator. It holds for all that the user has open within about a second, in every process on this database. */
  async grant(idOrEmail: string, wanted: Pick<UserDescription, 'roleId' | 'permissions'>): Promise<UserType> {
    const { id, tenantId } = await this.find(idOrEmail);
    return this.#updateAsOperator(tenantId, id, { ...wanted }, async (within) => {
      const { roleId = null, permissions = [] } = (await this.#grantOf(within, tenantId, wanted)) ?? {};
      return { roleId, permissions };
    });
  }

  /** For the operator. A disabled user's all is closed within about a second; disabling twice keeps the first time. */
  async setDisabled(idOrEmail: string, disabled: boolean): Promise<UserType> {
    const user = await this.find(idOrEmail);
    const disabledAt = disabled ? (user.disabledAt ?? this.#now()) : null;
    return this.#updateAsOperator(user.tenantId, user.id, { disabled }, async () => ({ disabledAt }));
  }

  /** In a caller's name: Forbidden when it would grant what the caller does not hold. */
  async updateFor(caller: Caller, id: string, input: UpdateUserInput): Promise<UserType> {
    const { name, roleId, permissions, disabled } = input;
    const { tenantId } = caller;
    const label = name == null ? undefined : checkName(name);
    return this.#users.transaction(async (transaction) => {
      const grant = await this.#grantOf(transaction, tenantId, { roleId, permissions });
      const user = await this.#findIn(tenantId, id, transaction);
      if (!user) throw new NotFound('User', id);
      const had = user.disabledAt === null ? user.permissions : [];
      const isDisabled = disabled ?? user.disabledAt !== null;
      const granted = (grant?.granted ?? user.permissions).filter((each) => !had.includes(each));
      // A disabled user's permissions come to life later, when it is enabled, perhaps by somebody who holds more: they count here too.
      if (grant || !isDisabled) refuseMore(caller, granted);
      const changes: UserChanges = {
        ...(label !== undefined && { name: label }),
        ...(grant && { roleId: grant.roleId, permissions: grant.permissions }),
        ...(disabled != null && { disabledAt: isDisabled ? (user.disabledAt ?? this.#now()) : null }),
      };
      await keepingKeeper(this.#users, transaction, tenantId, () => this.#users.update(transaction, id, changes));
      return toUser(await this.#told(transaction, caller, id, { ...input }));
    });
  }

  /** Whether the user is enabled and the password is that of the user; for nobody it takes as long, and is not. */
  async isPassword(user: UserNode | null, password: string): Promise<boolean> {
    return (await isPassword(password, user?.passwordHash ?? null)) && user?.disabledAt === null;
  }

  /** Throws InvalidInput, which names the field, for what is too short or too long for a password. */
  checkPassword(password: string, field: string): void {
    checkPassword(password, field);
  }

  /** Throws InvalidInput for what is no password; answers what is stored of it. */
  hashPassword(password: string): Promise<string> {
    return hashPassword(password);
  }

  /** Sets a password, hashed by `hashPassword`, in a transaction that says who did it. */
  setPassword(transaction: Transaction, id: string, passwordHash: string, name?: string): Promise<void> {
    return this.#users.update(transaction, id, { passwordHash, ...(name !== undefined && { name: checkName(name) }) });
  }

  /** Makes a user in a transaction that says who did it. */
  async insert(
    transaction: Transaction,
    tenantId: string,
    { email, name }: Pick<UserDescription, 'email' | 'name'>,
    { roleId, permissions }: Pick<Grant, 'roleId' | 'permissions'>,
    passwordHash: string | null,
  ): Promise<UserNode> {
    const address = canonicalEmail(email);
    const createdAt = this.#now();
    const id = uuidV7(createdAt);
    const label = name === undefined ? address : checkName(name);
    const made = { id, tenantId, email: address, name: label, roleId, permissions, passwordHash, createdAt };
    await this.#users.insert(transaction, made);
    return this.#read(transaction, id);
  }

  async #create(
    actor: Actor,
    description: UserDescription,
    grantIn: (transaction: Transaction) => Promise<Grant | undefined>,
  ): Promise<UserNode> {
    const { password } = description;
    const passwordHash = password === undefined ? null : await hashPassword(password);
    return this.#users.transaction(async (transaction) => {
      const { roleId, permissions } = (await grantIn(transaction)) ?? { roleId: null, permissions: [] };
      const user = await this.insert(transaction, actor.tenantId, description, { roleId, permissions }, passwordHash);
      const details = { email: user.email, roleId, permissions };
      await this.#audit.record(transaction, actor, { action: AuditAction.CREATE_USER, subject: user.id, details });
      return user;
    });
  }

  #updateAsOperator(
    tenantId: string,
    id: string,
    details: object,
    changesIn: (transaction: Transaction) => Promise<UserChanges>,
  ): Promise<UserType> {
    return this.#users.transaction(async (transaction) => {
      await this.#users.update(transaction, id, await changesIn(transaction));
      return toUser(await this.#told(transaction, operatorOf(tenantId), id, { ...details }));
    });
  }

  async #told(
    transaction: Transaction,
    actor: Actor,
    id: string,
    details: Readonly<Record<string, unknown>>,
  ): Promise<UserNode> {
    await this.#audit.record(transaction, actor, { action: AuditAction.UPDATE_USER, subject: id, details });
    return this.#read(transaction, id);
  }

  async #read(transaction: Transaction, id: string): Promise<UserNode> {
    const user = await this.#users.findById(id, transaction);
    if (!user) throw new NotFound('User', id);
    return user;
  }

  /**
   * Undefined when neither a role nor permissions are named. Read within the transaction that grants it: no role is given that is
   * deleted or widened meanwhile.
   */
  async #grantOf(
    transaction: Transaction,
    tenantId: string,
    { roleId, permissions }: Pick<UserDescription, 'roleId' | 'permissions'>,
  ): Promise<Grant | undefined> {
    if (roleId != null && permissions) {
      throw new InvalidInput('permissions', 'a user has a role, or permissions of its own, not both');
    }
    if (roleId != null) {
      const role = builtInRole(roleId) ?? (await this.#roles.find(tenantId, roleId, transaction));
      if (!role) throw new NotFound('Role', roleId);
      return { roleId: role.id, permissions: [], granted: role.permissions };
    }
    const own = permissions && [...new Set(permissions)];
    return own ? { roleId: null, permissions: own, granted: own } : undefined;
  }

  async #findIn(tenantId: string, id: string, transaction?: Transaction): Promise<UserNode | null> {
    const user = isUuid(id) ? await this.#users.findById(id, transaction) : null;
    return user?.tenantId === tenantId ? user : null;
  }
}

/** Throws Forbidden, naming the first permission that the caller would grant without holding it. */
export function refuseMore(caller: Pick<Caller, 'permissions'>, granted: readonly Permission[]): void {
  const missing = granted.find((permission) => !caller.permissions.has(permission));
  if (missing) throw new Forbidden(missing);
}

function canonicalEmail(email: string): string {
  const address = canonical(email);
  if (!isAddress(address)) {
    throw new InvalidInput('email', `must be an e-mail address of at most ${mostEmailLength} characters`);
  }
  return address;
}

function canonical(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

function isAddress(address: string): boolean {
  const parts = address.split('@');
  return address.length <= mostEmailLength && parts.length === 2 && !parts.includes('') && !neverInEmail.test(address);
}
