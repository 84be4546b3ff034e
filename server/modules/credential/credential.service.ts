import { allPermissions, type Permission } from '../../../schema/permissions.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import { checkName, type IntakeService } from '../intake/intake.service.ts';
import type { TenantService } from '../tenant/tenant.service.ts';
import type { UserNode } from '../user/user.node.ts';
import type { Credential, CredentialKind } from './credential.entity.ts';
import type { CredentialRepository, CredentialRow } from './credential.repository.ts';
import { intakeKinds } from './intake-key.service.ts';
import { hashSecret, newSecret } from './secret.ts';

export interface NewCredential {
  readonly id: string;
  readonly kind: CredentialKind;
  readonly tenantId: string;
  /** Shown this once; only its keyed hash is stored. */
  readonly secret: string;
}

export interface NewCredentialOptions {
  readonly tenantId?: string | undefined;
  /** Of an API token alone; left out: all that its user may, or all there are. */
  readonly permissions?: readonly Permission[] | undefined;
  /** Whose API token it is. */
  readonly user?: UserNode | undefined;
  /** Epoch milliseconds; left out: it does not end by itself. */
  readonly expiresAt?: number | undefined;
}

/** What each kind may do unless, for a token, it is said otherwise. */
const standardPermissions: Readonly<Record<CredentialKind, readonly Permission[]>> = {
  INGEST_KEY: ['EVENTS_INGEST'],
  INTAKE_KEY: ['EVENTS_INGEST'],
  DEVICE_KEY: ['EVENTS_INGEST'],
  PROVISIONING_KEY: ['DEVICES_REGISTER'],
  API_TOKEN: allPermissions,
  SESSION: [],
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
  async create(kind: CredentialKind, name: string, options: NewCredentialOptions = {}): Promise<NewCredential> {
    const label = checkName(name);
    if (kind !== 'API_TOKEN' && options.permissions) {
      throw new InvalidInput(
        'permissions',
        'only an api-token has permissions of its own; what a key may do follows from its kind',
      );
    }
    const { user } = options;
    const permissions = options.permissions ?? user?.permissions ?? standardPermissions[kind];
    const tenant = await this.#tenants.find(options.tenantId ?? user?.tenantId);
    if (user) checkOwner(user, kind, tenant.id, permissions);
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
      userId: user?.id ?? null,
      permissions,
      secretHash: hashSecret(secret, this.#key),
      createdAt: this.#now(),
      expiresAt: options.expiresAt ?? null,
    });
    return { id, kind, tenantId: tenant.id, secret };
  }

  /** Makes an API token of the same name and intake as another, which opens things until then at most. */
  async replace(
    { id: oldId, tenant, intake, kind, name }: Credential,
    {
      user,
      permissions,
      expiresAt,
    }: Required<Pick<CredentialRow, 'permissions' | 'expiresAt'>> & { user?: UserNode | undefined },
    until: number,
  ): Promise<NewCredential> {
    if (user) checkOwner(user, kind, tenant.id, permissions);
    const secret = newSecret(kind);
    const createdAt = this.#now();
    const id = uuidV7(createdAt);
    const secretHash = hashSecret(secret, this.#key);
    const owner = { tenantId: tenant.id, intakeId: intake.id, userId: user?.id ?? null };
    await this.#credentials.replace(
      { id, kind, name, permissions, secretHash, createdAt, expiresAt, ...owner },
      oldId,
      until,
    );
    return { id, kind, tenantId: tenant.id, secret };
  }

  async list(tenantId?: string): Promise<Credential[]> {
    const tenant = await this.#tenants.find(tenantId);
    return this.#credentials.find(tenant.id);
  }

  /** What it opened is closed within five seconds, in every process on this database; answers whose it was. */
  async revoke(id: string): Promise<string> {
    const revoked = isUuid(id) ? await this.#credentials.revoke(id, this.#now()) : null;
    if (!revoked) throw new NotFound('Credential', id);
    return revoked.tenant.id;
  }
}

function checkOwner(user: UserNode, kind: CredentialKind, tenantId: string, permissions: readonly Permission[]): void {
  if (kind !== 'API_TOKEN') throw new InvalidInput('user', 'only an api-token belongs to a user');
  if (user.tenantId !== tenantId) throw new NotFound('User', user.id);
  if (user.disabledAt !== null) throw new Conflict(`The user ${user.email} is disabled`);
  const excess = permissions.filter((permission) => !user.permissions.includes(permission));
  if (excess.length > 0)
    throw new InvalidInput('permissions', `the user ${user.email} does not have ${excess.join(', ')}`);
}
