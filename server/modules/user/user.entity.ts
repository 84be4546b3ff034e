import { defineEntity, p } from '@mikro-orm/core';
import type { Permission } from '../../../schema/permissions.ts';
import { Tenant } from '../tenant/tenant.entity.ts';

/** A person who uses Tocsin. Times are epoch milliseconds. */
export const userSchema = defineEntity({
  name: 'User',
  // `user` is a reserved word of SQL.
  tableName: 'app_user',
  properties: {
    id: p.uuid().primary(),
    tenant: () => p.manyToOne(Tenant),
    /** Trimmed, NFC and in lower case, so that one address is one user. */
    email: p.string().unique(),
    name: p.string(),
    /** A built-in role, or one of the tenant; null: the user has permissions of its own. */
    roleId: p.string().nullable(),
    /** In force only without a role. */
    permissions: p.json().$type<readonly Permission[]>(),
    /** As password.ts makes it; null: the user has no password. */
    passwordHash: p.string().nullable(),
    createdAt: p.bigint('number'),
    disabledAt: p.bigint('number').nullable(),
  },
});

export class User extends userSchema.class {}
userSchema.setClass(User);
