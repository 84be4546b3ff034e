import type { CredentialType } from '../../../schema/credential/credential.type.ts';
import { IntakeKind } from '../../../schema/intake/intake.enum.ts';
import type { CreateIntakeInput } from '../../../schema/intake/intake.input.ts';
import type { IssuedIntakeKey } from '../../../schema/intake/intake.type.ts';
import { InvalidInput, NotFound } from '../../errors.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { Intake } from '../intake/intake.entity.ts';
import { type IntakeService, toNode } from '../intake/intake.service.ts';
import type { Credential, CredentialKind } from './credential.entity.ts';
import type { CredentialRepository } from './credential.repository.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Which door a credential of a kind opens. */
export const intakeKinds: Readonly<Record<CredentialKind, IntakeKind>> = {
  INGEST_KEY: IntakeKind.WEBHOOK,
  INTAKE_KEY: IntakeKind.HTTPS_INTAKE,
  DEVICE_KEY: IntakeKind.EDGE_DEVICE,
  PROVISIONING_KEY: IntakeKind.API,
  API_TOKEN: IntakeKind.API,
  SESSION: IntakeKind.API,
};

const keyKinds = new Map<IntakeKind, CredentialKind>([
  [IntakeKind.WEBHOOK, 'INGEST_KEY'],
  [IntakeKind.HTTPS_INTAKE, 'INTAKE_KEY'],
  [IntakeKind.EDGE_DEVICE, 'DEVICE_KEY'],
]);

export const hourMs = 3_600_000;
/** How long a secret that was replaced may go on. */
export const mostOverlapHours = 720;

/** The keys of a tenant's intakes: made, changed without a break, and ended. */
export class IntakeKeyService {
  readonly #credentials: CredentialRepository;
  readonly #intakes: IntakeService;
  readonly #key: string;
  readonly #now: () => number;

  constructor(credentials: CredentialRepository, intakes: IntakeService, key: string, now: () => number) {
    this.#credentials = credentials;
    this.#intakes = intakes;
    this.#key = key;
    this.#now = now;
  }

  async createIntake(tenantId: string, input: CreateIntakeInput): Promise<IssuedIntakeKey> {
    const { name, kind, isWatched, silenceAfterSeconds = null } = input;
    const keyKind = keyKindOf(kind, 'input.kind');
    const intake = await this.#intakes.create(tenantId, name, kind, { isWatched, silenceAfterSeconds });
    return this.#issue(tenantId, intake, keyKind, undefined);
  }

  /** Those keys of the intake's own kind that still open it do so for the overlap at most. */
  async rotate(tenantId: string, intakeId: string, overlapHours: number): Promise<IssuedIntakeKey> {
    if (overlapHours < 0 || overlapHours > mostOverlapHours)
      throw new InvalidInput('overlapHours', `must be from 0 to ${mostOverlapHours}`);
    const intake = isUuid(intakeId) ? await this.#intakes.find(tenantId, intakeId) : null;
    if (!intake) throw new NotFound('Intake', intakeId);
    return this.#issue(tenantId, intake, keyKindOf(intake.kind, 'id'), this.#now() + overlapHours * hourMs);
  }

  async revoke(tenantId: string, id: string): Promise<CredentialType> {
    const credential = isUuid(id) ? await this.#credentials.revokeKey(tenantId, id, this.#now()) : null;
    if (!credential) throw new NotFound('Intake key', id);
    return toCredential(credential);
  }

  async list(tenantId: string): Promise<CredentialType[]> {
    return (await this.#credentials.find(tenantId)).map(toCredential);
  }

  /** How the tenant's credentials of these ids are called, in the order asked for; null where there is none. */
  async namesOf(tenantId: string, ids: readonly string[]): Promise<(string | null)[]> {
    const names = await this.#credentials.names(tenantId, ids.filter(isUuid));
    return ids.map((id) => names.get(id) ?? null);
  }

  /** Those of each intake, in the order asked for. */
  async byIntakes(tenantId: string, intakeIds: readonly string[]): Promise<CredentialType[][]> {
    const found = await this.#credentials.findByIntakes(tenantId, intakeIds);
    const of = Map.groupBy(found, ({ intake }) => intake.id);
    return intakeIds.map((id) => (of.get(id) ?? []).map(toCredential));
  }

  async #issue(
    tenantId: string,
    intake: Intake,
    kind: CredentialKind,
    othersExpireAt: number | undefined,
  ): Promise<IssuedIntakeKey> {
    const secret = newSecret(kind);
    const now = this.#now();
    const credential = await this.#credentials.insert(
      {
        id: uuidV7(now),
        tenantId,
        intakeId: intake.id,
        kind,
        name: intake.name,
        permissions: ['EVENTS_INGEST'],
        secretHash: hashSecret(secret, this.#key),
        createdAt: now,
      },
      othersExpireAt,
    );
    return { intake: toNode(intake), credential: toCredential(credential), secret };
  }
}

function keyKindOf(kind: IntakeKind, field: string): CredentialKind {
  const keyKind = keyKinds.get(kind);
  if (!keyKind) {
    throw new InvalidInput(field, `an intake of kind ${kind} has no key; ${[...keyKinds.keys()].join(', ')} have one`);
  }
  return keyKind;
}

export function toCredential({
  id,
  kind,
  name,
  userId,
  createdAt,
  lastUsedAt,
  expiresAt,
  revokedAt,
}: Credential): CredentialType {
  return {
    id,
    kind,
    name,
    userId: userId ?? null,
    createdAt: new Date(createdAt),
    lastUsedAt: lastUsedAt == null ? null : new Date(lastUsedAt),
    expiresAt: expiresAt == null ? null : new Date(expiresAt),
    revokedAt: revokedAt == null ? null : new Date(revokedAt),
  };
}
