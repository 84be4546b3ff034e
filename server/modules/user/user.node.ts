import type { Permission } from '../../../schema/permissions.ts';
import type { RoleType } from '../../../schema/user/role.type.ts';
import type { UserType } from '../../../schema/user/user.type.ts';
import { builtInRole, type GrantColumns, permissionsOf, readPermissions } from './role.node.ts';

/** A user's row beside that of its role. */
export interface UserRow extends GrantColumns {
  readonly id: string;
  readonly tenant_id: string;
  readonly email: string;
  readonly name: string;
  readonly password_hash: string | null;
  readonly created_at: number;
  readonly disabled_at: number | null;
  readonly role_name: string | null;
}

/** A user, with what it may do at this moment. Times are epoch milliseconds. */
export interface UserNode {
  readonly id: string;
  readonly tenantId: string;
  readonly email: string;
  readonly name: string;
  readonly role: RoleType | null;
  readonly permissions: readonly Permission[];
  readonly passwordHash: string | null;
  readonly createdAt: number;
  readonly disabledAt: number | null;
}

export function nodeOf(row: UserRow): UserNode {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    email: row.email,
    name: row.name,
    role: roleOf(row),
    permissions: permissionsOf(row),
    passwordHash: row.password_hash,
    createdAt: row.created_at,
    disabledAt: row.disabled_at,
  };
}

function roleOf({ role_id: id, role_name: name, role_permissions: permissions }: UserRow): RoleType | null {
  if (id === null) return null;
  if (name === null || permissions === null) return builtInRole(id) ?? null;
  return { id, name, permissions: readPermissions(permissions), isBuiltIn: false };
}

/** What callers see of a user: never the password's hash. */
export function toUser({ passwordHash, createdAt, disabledAt, ...user }: UserNode): UserType {
  return {
    ...user,
    hasPassword: passwordHash !== null,
    createdAt: new Date(createdAt),
    disabledAt: disabledAt === null ? null : new Date(disabledAt),
  };
}
