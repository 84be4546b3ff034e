import type { FilterQuery } from '@mikro-orm/core';
import type { Permission } from '../../../schema/permissions.ts';
import type { Database } from '../../persistence/database.ts';
import { Intake } from '../intake/intake.entity.ts';
import { Tenant } from '../tenant/tenant.entity.ts';
import { Credential, type CredentialKind } from './credential.entity.ts';

/** A credential that opens something now, with what of its tenant every request needs. */
export interface ActiveCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly tenant_id: string;
  readonly intake_id: string;
  readonly permissions: string | readonly Permission[];
  readonly user_id: string | null;
  /** Null for one of nobody. */
  readonly user_permissions: string | readonly Permission[] | null;
  readonly secret_hash: string;
  readonly alert_threshold: number;
  /** SQLite says 0 or 1. */
  readonly backup_module: boolean | number;
}

/** A credential before it is stored. */
export interface CredentialRow {
  readonly id: string;
  readonly tenantId: string;
  readonly intakeId: string;
  readonly userId?: string | null;
  readonly kind: CredentialKind;
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly secretHash: string;
  readonly createdAt: number;
}

export class CredentialRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All that open something at a time, of every tenant: the check of a secret precedes knowing its tenant. */
  active(at: number): Promise<ActiveCredential[]> {
    return this.#database.read<ActiveCredential>(
      `select c.id, c.kind, c.tenant_id, c.intake_id, c.permissions, c.secret_hash, c.user_id, u.permissions as user_permissions, t.alert_threshold, t.backup_module
       from credential c join tenant t on t.id = c.tenant_id
       left join app_user u on u.id = c.user_id and u.tenant_id = c.tenant_id and u.disabled_at is null
       where (c.user_id is null or u.id is not null) and c.revoked_at is null and (c.expires_at is null or c.expires_at > ?)`,
      [at],
    );
  }

  /** Stores one; with `othersExpireAt`, the like of it that open the same intake do so until then at most, in the same transaction. */
  async insert({ tenantId, intakeId, ...row }: CredentialRow, othersExpireAt?: number): Promise<Credential> {
    const em = this.#database.em();
    if (othersExpireAt !== undefined) {
      const others = await em.find(Credential, { tenant: tenantId, intake: intakeId, kind: row.kind, revokedAt: null });
      for (const other of others) other.expiresAt = Math.min(other.expiresAt ?? othersExpireAt, othersExpireAt);
    }
    const credential = em.create(Credential, {
      ...row,
      userId: row.userId ?? null,
      revokedAt: null,
      expiresAt: null,
      tenant: em.getReference(Tenant, tenantId),
      intake: em.getReference(Intake, intakeId),
    });
    await em.persist(credential).flush();
    return credential;
  }

  find(tenantId: string): Promise<Credential[]> {
    return this.#database.em().find(Credential, { tenant: tenantId }, { orderBy: { id: 'asc' } });
  }

  findByIntakes(tenantId: string, intakeIds: readonly string[]): Promise<Credential[]> {
    const where = { tenant: tenantId, intake: { $in: [...intakeIds] } };
    return this.#database.em().find(Credential, where, { orderBy: { id: 'asc' } });
  }

  /** By id, revoked ones too. */
  async names(tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
    const found = await this.#database.em().find(Credential, { tenant: tenantId, id: { $in: [...ids] } });
    return new Map(found.map(({ id, name }) => [id, name]));
  }

  findOne(tenantId: string, id: string): Promise<Credential | null> {
    return this.#database.em().findOne(Credential, { tenant: tenantId, id });
  }

  /** Revokes a key of a tenant, never an API token; null when there is no such key. */
  revokeKey(tenantId: string, id: string, at: number): Promise<Credential | null> {
    return this.#revokeOf({ tenant: tenantId, id, kind: { $ne: 'API_TOKEN' } }, at);
  }

  /** Revokes an API token of a tenant, never a key; null when there is no such token. */
  revokeToken(tenantId: string, id: string, at: number): Promise<Credential | null> {
    return this.#revokeOf({ tenant: tenantId, id, kind: 'API_TOKEN' }, at);
  }

  /** Revokes for good; null when there is no such credential. Revoking twice keeps the first time. */
  revoke(id: string, at: number): Promise<Credential | null> {
    return this.#revokeOf({ id }, at);
  }

  async #revokeOf(where: FilterQuery<Credential>, at: number): Promise<Credential | null> {
    const em = this.#database.em();
    const credential = await em.findOne(Credential, where);
    if (!credential) return null;
    credential.revokedAt ??= at;
    await em.flush();
    return credential;
  }
}
