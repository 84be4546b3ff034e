import type { Permission } from '../../../schema/permissions.ts';
import type { PersonType } from '../../../schema/user/person.type.ts';
import type { CreateUserInput, UpdateUserInput } from '../../../schema/user/user.input.ts';
import type { UserType } from '../../../schema/user/user.type.ts';
import type { Principal } from '../../context.ts';
import { Forbidden, InvalidInput, NotFound } from '../../errors.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import { checkName } from '../intake/intake.service.ts';
import { hashPassword } from './password.ts';
import type { User } from './user.entity.ts';
import type { UserChanges, UserRepository } from './user.repository.ts';

/** A user as the operator or a caller describes one. */
export interface UserDescription {
  readonly email: string;
  readonly name?: string | undefined;
  readonly permissions: readonly Permission[];
  readonly password?: string | undefined;
}

type Caller = Pick<Principal, 'tenantId' | 'permissions'>;

const neverInEmail = /[\s\p{C}]/u;
const mostEmailLength = 254;

/** The people of every tenant, and what each of them may do. */
export class UserService {
  readonly #users: UserRepository;
  readonly #now: () => number;

  constructor(users: UserRepository, now: () => number) {
    this.#users = users;
    this.#now = now;
  }

  /** For the operator, whom nothing limits. Throws Conflict when the address is taken, in whatever tenant. */
  async create(tenantId: string, { email, name, permissions, password }: UserDescription): Promise<User> {
    const address = canonicalEmail(email);
    const createdAt = this.#now();
    return this.#users.insert({
      id: uuidV7(createdAt),
      tenantId,
      email: address,
      name: name === undefined ? address : checkName(name),
      permissions: [...new Set(permissions)],
      passwordHash: password === undefined ? null : await hashPassword(password),
      createdAt,
    });
  }

  /** In a caller's name: Forbidden when it would grant what the caller does not hold. */
  async createFor(caller: Caller, { email, name, permissions }: CreateUserInput): Promise<UserType> {
    refuseMore(caller, permissions);
    return toUser(await this.create(caller.tenantId, { email, name: name ?? undefined, permissions }));
  }

  /** For the operator: the user of that id or e-mail address, in whatever tenant. */
  async find(idOrEmail: string): Promise<User> {
    const user = isUuid(idOrEmail)
      ? await this.#users.findById(idOrEmail)
      : await this.#users.findByEmail(canonicalEmail(idOrEmail));
    if (!user) throw new NotFound('User', idOrEmail);
    return user;
  }

  /** The tenant's own user; NotFound also for one of another tenant. */
  async findIn(tenantId: string, id: string): Promise<User> {
    const user = await this.#findIn(tenantId, id);
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

  /** For the operator. It holds for all tokens of the user within about a second, in every process on this database. */
  async setPermissions(idOrEmail: string, permissions: readonly Permission[]): Promise<UserType> {
    const { id } = await this.find(idOrEmail);
    return toUser(await this.#users.update(id, { permissions: [...new Set(permissions)] }));
  }

  /** For the operator. All tokens of the user are dead within about a second; disabling twice keeps the first time. */
  async disable(idOrEmail: string): Promise<UserType> {
    const { id, disabledAt } = await this.find(idOrEmail);
    return toUser(await this.#users.update(id, { disabledAt: disabledAt ?? this.#now() }));
  }

  /** In a caller's name: Forbidden when it would grant what the caller does not hold. */
  async updateFor(caller: Caller, id: string, input: UpdateUserInput): Promise<UserType> {
    const { name, permissions, disabled } = input;
    const user = await this.findIn(caller.tenantId, id);
    const had = user.disabledAt === null ? user.permissions : [];
    const isDisabled = disabled ?? user.disabledAt !== null;
    const granted = (permissions ?? user.permissions).filter((each) => !had.includes(each));
    // A disabled user's permissions come to life later, when it is enabled, perhaps by somebody who holds more: they count here too.
    if (permissions || !isDisabled) refuseMore(caller, granted);
    const changes: UserChanges = {
      ...(name != null && { name: checkName(name) }),
      ...(permissions && { permissions: [...new Set(permissions)] }),
      ...(disabled != null && { disabledAt: isDisabled ? (user.disabledAt ?? this.#now()) : null }),
    };
    return toUser(await this.#users.update(id, changes));
  }

  async #findIn(tenantId: string, id: string): Promise<User | null> {
    const user = isUuid(id) ? await this.#users.findById(id) : null;
    return user?.tenant.id === tenantId ? user : null;
  }
}

/** Throws Forbidden, naming the first permission that the caller would grant without holding it. */
export function refuseMore(caller: Pick<Caller, 'permissions'>, granted: readonly Permission[]): void {
  const missing = granted.find((permission) => !caller.permissions.has(permission));
  if (missing) throw new Forbidden(missing);
}

export function toUser({ id, tenant, email, name, permissions, createdAt, disabledAt }: User): UserType {
  return {
    id,
    tenantId: tenant.id,
    email,
    name,
    permissions,
    createdAt: new Date(createdAt),
    disabledAt: disabledAt == null ? null : new Date(disabledAt),
  };
}

function canonicalEmail(email: string): string {
  const address = email.trim().normalize('NFC').toLowerCase();
  const parts = address.split('@');
  const isAddress = parts.length === 2 && !parts.includes('') && !neverInEmail.test(address);
  if (address.length > mostEmailLength || !isAddress) {
    throw new InvalidInput('email', `must be an e-mail address of at most ${mostEmailLength} characters`);
  }
  return address;
}
