import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import { checkName, type IntakeService } from '../intake/intake.service.ts';
import type { TenantService } from '../tenant/tenant.service.ts';
import type { Credential, CredentialKind } from './credential.entity.ts';
import type { CredentialRepository } from './credential.repository.ts';
import { intakeKinds } from './intake-key.service.ts';
import { hashSecret, newSecret } from './secret.ts';

export interface NewCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly tenantId: string;
  /** Shown this once; only its keyed hash is stored. */
  readonly secret: string;
}

/** What each kind may do unless, for a token, it is said otherwise. */
const standardPermissions: Readonly<Record<CredentialKind, readonly Permission[]>> = {
  INGEST_KEY: ['EVENTS_INGEST'],
  INTAKE_KEY: ['EVENTS_INGEST'],
  DEVICE_KEY: ['EVENTS_INGEST'],
  PROVISIONING_KEY: ['DEVICES_REGISTER'],
  API_TOKEN: allPermissions,
};

/** Makes, lists and revokes the secrets that open a tenant. */
export class CredentialService {
  readonly #credentials: CredentialRepository;
  readonly #tenants: TenantService;
  readonly #intakes: IntakeService;
  readonly #key: string;
  readonly #now: () => number;

  constructor(
    credentials: CredentialRepository,
    tenants: TenantService,
    intakes: IntakeService,
    key: string,
    now: () => number,
  ) {
    this.#credentials = credentials;
    this.#tenants = tenants;
    this.#intakes = intakes;
    this.#key = key;
    this.#now = now;
  }

  /**
   * Makes a credential of a tenant (by default `Default`) and, for its events, the intake of the same name where there is none:
   * a second key of one name feeds the same intake, which is how a key is rotated without a break.
   */
  async create(
    kind: CredentialKind,
    name: string,
    options: { tenantId?: string | undefined; permissions?: readonly Permission[] | undefined } = {},
  ): Promise<NewCredential> {
    const label = checkName(name);
    if (kind !== 'API_TOKEN' && options.permissions) {
      throw new InvalidInput(
        'permissions',
        'only an api-token has permissions of its own; what a key may do follows from its kind',
      );
    }
    const tenant = await this.#tenants.find(options.tenantId);
    const intake = await this.#intakes.findOrCreate(tenant.id, label, intakeKinds[kind]);
    if (intake.kind === 'INTERNAL') throw new Conflict(`The intake "${label}" is Tocsin's own: take another name`);
    const secret = newSecret(kind);
    const id = uuidV7(this.#now());
    await this.#credentials.insert({
      id,
      tenantId: tenant.id,
      intakeId: intake.id,
      kind,
      name: label,
      permissions: options.permissions ?? standardPermissions[kind],
      secretHash: hashSecret(secret, this.#key),
      createdAt: this.#now(),
    });
    return { id, kind, tenantId: tenant.id, secret };
  }

  async list(tenantId?: string): Promise<Credential[]> {
    const tenant = await this.#tenants.find(tenantId);
    return this.#credentials.find(tenant.id);
  }

  /** What it opened is closed within five seconds, in every process on this database. */
  async revoke(id: string): Promise<void> {
    if (!isUuid(id) || !(await this.#credentials.revoke(id, this.#now()))) throw new NotFound('Credential', id);
  }
}
