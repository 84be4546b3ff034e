import { defineEntity, p } from '@mikro-orm/core';
import type { CredentialKind } from '../../../schema/credential/credential.enum.ts';
import type { Permission } from '../../../schema/permissions.ts';
import { Intake } from '../intake/intake.entity.ts';
import { Tenant } from '../tenant/tenant.entity.ts';

export type { CredentialKind };

/** A secret's record: only the keyed hash of the secret is kept. */
export const credentialSchema = defineEntity({
  name: 'Credential',
  properties: {
    id: p.uuid().primary(),
    tenant: () => p.manyToOne(Tenant),
    /** The stream its events belong to. */
    intake: () => p.manyToOne(Intake),
    /** The user whose token or session it is, and whose permissions bound its own; null: nobody's. */
    userId: p.uuid().nullable(),
    kind: p.string().$type<CredentialKind>(),
    name: p.string(),
    /** Of a session none: it may what its user may. */
    permissions: p.json().$type<readonly Permission[]>(),
    secretHash: p.string().unique(),
    createdAt: p.bigint('number'),
    revokedAt: p.bigint('number').nullable(),
    /** When it ceases to open anything by itself; null: never. */
    expiresAt: p.bigint('number').nullable(),
    /** To the minute; null: never. */
    lastUsedAt: p.bigint('number').nullable(),
  },
  indexes: [{ name: 'credential_user', properties: ['userId', 'kind'] }],
});

export class Credential extends credentialSchema.class {}
credentialSchema.setClass(Credential);
