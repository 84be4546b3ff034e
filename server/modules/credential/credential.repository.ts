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
  readonly secret_hash: string;
  readonly alert_threshold: number;
  /** SQLite says 0 or 1. */
  readonly backup_module: boolean | number;
}

export class CredentialRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** All that open something now, of every tenant: the check of a secret precedes knowing its tenant. */
  active(): Promise<ActiveCredential[]> {
    return this.#database.read<ActiveCredential>(
      `select c.id, c.kind, c.tenant_id, c.intake_id, c.permissions, c.secret_hash, t.alert_threshold, t.backup_module
       from credential c join tenant t on t.id = c.tenant_id where c.revoked_at is null`,
      [],
    );
  }

  async insert(credential: {
    id: string;
    tenantId: string;
    intakeId: string;
    kind: CredentialKind;
    name: string;
    permissions: readonly Permission[];
    secretHash: string;
    createdAt: number;
  }): Promise<void> {
    const em = this.#database.em();
    const { tenantId, intakeId, ...row } = credential;
    em.persist(
      em.create(Credential, {
        ...row,
        revokedAt: null,
        tenant: em.getReference(Tenant, tenantId),
        intake: em.getReference(Intake, intakeId),
      }),
    );
    await em.flush();
  }

  find(tenantId: string): Promise<Credential[]> {
    return this.#database.em().find(Credential, { tenant: tenantId }, { orderBy: { id: 'asc' } });
  }

  /** Revokes for good; false when there is no such credential. Revoking twice keeps the first time. */
  async revoke(id: string, at: number): Promise<boolean> {
    const em = this.#database.em();
    const credential = await em.findOne(Credential, { id });
    if (!credential) return false;
    credential.revokedAt ??= at;
    await em.flush();
    return true;
  }
}
