import type { FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import type { Permission } from '../../../schema/permissions.ts';
import type { Database } from '../../persistence/database.ts';
import { inJournalTurn } from '../../persistence/transaction.ts';
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
  readonly user_role_id: string | null;
  readonly role_permissions: string | readonly Permission[] | null;
  readonly secret_hash: string;
  readonly alert_threshold: number;
  /** SQLite says 0 or 1. */
  readonly backup_module: boolean | number;
}

/** How long sessions live, in milliseconds: unused, and at most. */
export interface SessionLimits {
  readonly idleMs: number;
  readonly maxMs: number;
}

/** Three bound parameters each, and a statement takes only so many. */
const mostTouched = 2000;

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
  readonly expiresAt?: number | null;
}

export class CredentialRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All that open something at a time, of every tenant: the check of a secret precedes knowing its tenant. */
  active(at: number): Promise<ActiveCredential[]> {
    return this.#database.read<ActiveCredential>(
      `select c.id, c.kind, c.tenant_id, c.intake_id, c.permissions, c.secret_hash, c.user_id, u.permissions as user_permissions,
         u.role_id as user_role_id, r.permissions as role_permissions, t.alert_threshold, t.backup_module
       from credential c join tenant t on t.id = c.tenant_id
       left join app_user u on u.id = c.user_id and u.tenant_id = c.tenant_id and u.disabled_at is null
       left join app_role r on r.id = u.role_id and r.tenant_id = u.tenant_id
       where (c.user_id is null or u.id is not null) and c.revoked_at is null and (c.expires_at is null or c.expires_at > ?)`,
      [at],
    );
  }

  /** Stores one; with `othersExpireAt`, the like of it that open the same intake do so until then at most, in the same transaction. */
  async insert(row: CredentialRow, othersExpireAt?: number): Promise<Credential> {
    const em = this.#database.em();
    if (othersExpireAt !== undefined) {
      const { tenantId, intakeId, kind } = row;
      endBy(await em.find(Credential, { tenant: tenantId, intake: intakeId, kind, revokedAt: null }), othersExpireAt);
    }
    return store(em, row);
  }

  /** Stores one in place of another, which opens something until then at most, in one transaction. */
  async replace(row: CredentialRow, oldId: string, oldExpiresAt: number): Promise<void> {
    const em = this.#database.em();
    endBy(await em.find(Credential, { tenant: row.tenantId, id: oldId }), oldExpiresAt);
    await store(em, row);
  }

  /** All but the sessions of people. */
  find(tenantId: string): Promise<Credential[]> {
    const where: FilterQuery<Credential> = { tenant: tenantId, kind: { $ne: 'SESSION' } };
    return this.#database.em().find(Credential, where, { orderBy: { id: 'asc' } });
  }

  findByIntakes(tenantId: string, intakeIds: readonly string[]): Promise<Credential[]> {
    const where: FilterQuery<Credential> = {
      tenant: tenantId,
      intake: { $in: [...intakeIds] },
      kind: { $ne: 'SESSION' },
    };
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

  /** Revokes a key of a tenant, never an API token or a session; null when there is no such key. */
  revokeKey(tenantId: string, id: string, at: number): Promise<Credential | null> {
    return this.#revokeOf({ tenant: tenantId, id, kind: { $nin: ['API_TOKEN', 'SESSION'] } }, at);
  }

  /** Revokes an API token of a tenant, nothing else; null when there is no such token. */
  revokeToken(tenantId: string, id: string, at: number): Promise<Credential | null> {
    return this.#revokeOf({ tenant: tenantId, id, kind: 'API_TOKEN' }, at);
  }

  /** Revokes for good; null when there is no such credential. Revoking twice keeps the first time. */
  revoke(id: string, at: number): Promise<Credential | null> {
    return this.#revokeOf({ id }, at);
  }

  /** Writes when credentials were last used, in one statement; a session that was used lives on for its idle time. */
  async touch(used: ReadonlyMap<string, number>, now: number, { idleMs, maxMs }: SessionLimits): Promise<void> {
    const all = [...used];
    for (let from = 0; from < all.length; from += mostTouched) {
      const some = all.slice(from, from + mostTouched);
      await inJournalTurn(this.#database, ({ execute }) =>
        execute(
          `update credential set last_used_at = case id ${some.map(() => 'when ? then ?').join(' ')} else last_used_at end,
             expires_at = case when kind <> 'SESSION' then expires_at when created_at + ? < ? then created_at + ? else ? end
           where id in (${some.map(() => '?').join(', ')})`,
          [...some.flat(), maxMs, now + idleMs, maxMs, now + idleMs, ...some.map(([id]) => id)],
        ),
      );
    }
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

function endBy(credentials: readonly Credential[], at: number): void {
  for (const each of credentials) each.expiresAt = Math.min(each.expiresAt ?? at, at);
}

async function store(em: EntityManager, { tenantId, intakeId, ...row }: CredentialRow): Promise<Credential> {
  const credential = em.create(Credential, {
    ...row,
    userId: row.userId ?? null,
    revokedAt: null,
    expiresAt: row.expiresAt ?? null,
    lastUsedAt: null,
    tenant: em.getReference(Tenant, tenantId),
    intake: em.getReference(Intake, intakeId),
  });
  await em.persist(credential).flush();
  return credential;
}
