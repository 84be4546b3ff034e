import { defineEntity, p } from '@mikro-orm/core';
import type { Permission } from '../../../schema/permissions.ts';

/** A set of permissions that a tenant has named; those that every tenant has are in role.node.ts. */
export const roleSchema = defineEntity({
  name: 'Role',
  // `role` is a word of SQL.
  tableName: 'app_role',
  properties: {
    /** A UUID as text: users name built-in roles in the same column. */
    id: p.string().primary(),
    tenantId: p.uuid(),
    name: p.string(),
    permissions: p.json().$type<readonly Permission[]>(),
    createdAt: p.bigint('number'),
  },
  uniques: [{ name: 'app_role_name', properties: ['tenantId', 'name'] }],
});

export class Role extends roleSchema.class {}
roleSchema.setClass(Role);
