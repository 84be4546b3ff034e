import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { Permission } from '../../../schema/permissions.ts';
import type { CreateRoleInput, UpdateRoleInput } from '../../../schema/user/role.input.ts';
import type { RoleType } from '../../../schema/user/role.type.ts';
import type { Principal } from '../../context.ts';
import { Conflict, NotFound } from '../../errors.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import type { Actor, AuditService } from '../audit/audit.service.ts';
import { checkName } from '../intake/intake.service.ts';
import { keepingKeeper } from './keeper.ts';
import { builtInRole, builtInRoles } from './role.node.ts';
import { type RoleRepository, taken } from './role.repository.ts';
import type { UserRepository } from './user.repository.ts';
import { refuseMore } from './user.service.ts';

type Caller = Actor & Pick<Principal, 'permissions'>;

/** Most roles that a tenant makes: each is read with every list of them. */
const mostRoles = 100;

/** The named sets of permissions of each tenant, besides those that every tenant has. */
export class RoleService {
  readonly #roles: RoleRepository;
  readonly #users: UserRepository;
  readonly #audit: AuditService;
  readonly #now: () => number;

  constructor(roles: RoleRepository, users: UserRepository, audit: AuditService, now: () => number) {
    this.#roles = roles;
    this.#users = users;
    this.#audit = audit;
    this.#now = now;
  }

  /** Those that every tenant has first, then the oldest first. */
  async list(tenantId: string): Promise<RoleType[]> {
    return [...builtInRoles, ...(await this.#roles.findAll(tenantId))];
  }

  /** Forbidden when it would hold what the caller does not. */
  async create(caller: Caller, input: CreateRoleInput): Promise<RoleType> {
    const { tenantId } = caller;
    const name = checkOwnName(input.name);
    const permissions = [...new Set(input.permissions)];
    refuseMore(caller, permissions);
    if ((await this.#roles.findAll(tenantId)).length >= mostRoles)
      throw new Conflict(`A tenant has at most ${mostRoles} roles`);
    const createdAt = this.#now();
    const id = uuidV7(createdAt);
    return this.#roles.transaction(async (transaction) => {
      await this.#roles.insert(transaction, { id, tenantId, name, permissions, createdAt });
      const details = { name, permissions };
      await this.#audit.record(transaction, caller, { action: AuditAction.CREATE_ROLE, subject: id, details });
      return { id, name, permissions, isBuiltIn: false };
    });
  }

  /** It holds for all users of the role within about a second. Forbidden when it would add what the caller does not hold. */
  async update(caller: Caller, id: string, input: UpdateRoleInput): Promise<RoleType> {
    const { tenantId } = caller;
    return this.#roles.transaction(async (transaction) => {
      const role = await this.#find(transaction, tenantId, id);
      const name = input.name == null ? role.name : checkOwnName(input.name);
      const permissions: readonly Permission[] = input.permissions ? [...new Set(input.permissions)] : role.permissions;
      refuseMore(
        caller,
        permissions.filter((each) => !role.permissions.includes(each)),
      );
      await keepingKeeper(this.#users, transaction, tenantId, () =>
        this.#roles.update(transaction, id, { name, permissions }),
      );
      await this.#audit.record(transaction, caller, {
        action: AuditAction.UPDATE_ROLE,
        subject: id,
        details: { ...input },
      });
      return { ...role, name, permissions };
    });
  }

  /** Conflict while a user has it. */
  async delete(caller: Actor, id: string): Promise<RoleType> {
    const { tenantId } = caller;
    return this.#roles.transaction(async (transaction) => {
      const role = await this.#find(transaction, tenantId, id);
      const users = (await this.#users.findAll(tenantId, transaction)).filter((user) => user.role?.id === id).length;
      if (users > 0)
        throw new Conflict(`The role "${role.name}" is that of ${users} ${users === 1 ? 'user' : 'users'}`);
      await this.#roles.delete(transaction, id);
      const details = { name: role.name };
      await this.#audit.record(transaction, caller, { action: AuditAction.DELETE_ROLE, subject: id, details });
      return role;
    });
  }

  async #find(transaction: Transaction, tenantId: string, id: string): Promise<RoleType> {
    if (builtInRole(id)) throw new Conflict('A built-in role cannot be changed');
    const role = await this.#roles.find(tenantId, id, transaction);
    if (!role) throw new NotFound('Role', id);
    return role;
  }
}

/** No tenant's role may pass for one that every tenant has. */
function checkOwnName(name: string): string {
  const label = checkName(name);
  const builtIn = builtInRoles.find((role) => role.name.toLowerCase() === label.toLowerCase());
  if (builtIn) throw new Conflict(taken(builtIn.name));
  return label;
}
