import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import type { RoleType } from '../../../schema/user/role.type.ts';

const ofAdministratorsAlone: readonly Permission[] = [
  'USERS_READ',
  'USERS_WRITE',
  'AUDIT_READ',
  'DATA_WRITE',
  'INTAKES_WRITE',
  'SINKS_WRITE',
];
const notForViewers: readonly Permission[] = ['USERS_READ', 'AUDIT_READ'];

/** The roles of every tenant. A permission that a later version adds is in them at once. */
export const builtInRoles: readonly RoleType[] = [
  { id: 'ADMINISTRATOR', name: 'Administrator', isBuiltIn: true, permissions: allPermissions },
  {
    id: 'OPERATOR',
    name: 'Operator',
    isBuiltIn: true,
    permissions: allPermissions.filter((each) => !ofAdministratorsAlone.includes(each)),
  },
  {
    id: 'VIEWER',
    name: 'Viewer',
    isBuiltIn: true,
    permissions: allPermissions.filter((each) => each.endsWith('_READ') && !notForViewers.includes(each)),
  },
];

const builtIn = new Map(builtInRoles.map((role) => [role.id, role]));

export function builtInRole(id: string): RoleType | undefined {
  return builtIn.get(id);
}

/** What of a user's row, and of its role's, says what the user may do. */
export interface GrantColumns {
  readonly role_id: string | null;
  /** SQLite answers JSON as its text. */
  readonly permissions: string | readonly Permission[];
  /** Null without a role of the tenant's own. */
  readonly role_permissions: string | readonly Permission[] | null;
}

/** What a user may do: what the role says where there is one. A role that is nowhere gives nothing. */
export function permissionsOf({ role_id, permissions, role_permissions }: GrantColumns): readonly Permission[] {
  if (role_id === null) return readPermissions(permissions);
  return builtInRole(role_id)?.permissions ?? readPermissions(role_permissions ?? []);
}

export function readPermissions(stored: string | readonly Permission[]): readonly Permission[] {
  return typeof stored === 'string' ? JSON.parse(stored) : stored;
}
