import type { CredentialType } from '../../../schema/credential/credential.type.ts';
import type { CreateApiTokenInput } from '../../../schema/user/user.input.ts';
import type { IssuedApiToken } from '../../../schema/user/user.type.ts';
import type { Principal } from '../../context.ts';
import { Conflict, InvalidInput, NotFound } from '../../errors.ts';
import { isUuid } from '../../uuid-v7.ts';
import { refuseMore, type UserService } from '../user/user.service.ts';
import type { Credential } from './credential.entity.ts';
import type { CredentialRepository } from './credential.repository.ts';
import type { CredentialService } from './credential.service.ts';
import { hourMs, mostOverlapHours, toCredential } from './intake-key.service.ts';

/** The API tokens that callers make for themselves and others: never with more than the caller holds. */
export class ApiTokenService {
  readonly #credentials: CredentialService;
  readonly #repository: CredentialRepository;
  readonly #users: UserService;
  readonly #now: () => number;

  constructor(credentials: CredentialService, repository: CredentialRepository, users: UserService, now: () => number) {
    this.#credentials = credentials;
    this.#repository = repository;
    this.#users = users;
    this.#now = now;
  }

  /** A user's token makes tokens of a user alone: one of nobody would outlive the disabling of that user. */
  async create(
    caller: Principal,
    { name, userId, permissions, expiresAt }: CreateApiTokenInput,
  ): Promise<IssuedApiToken> {
    const { tenantId } = caller;
    refuseMore(caller, permissions ?? []);
    if (expiresAt && expiresAt.getTime() <= this.#now()) throw new InvalidInput('expiresAt', 'must lie in the future');
    const owner = userId ?? caller.userId;
    const user = owner === undefined ? undefined : await this.#users.findIn(tenantId, owner);
    const { id, secret } = await this.#credentials.create('API_TOKEN', name, {
      tenantId,
      user,
      permissions: permissions ?? [...caller.permissions].filter((each) => !user || user.permissions.includes(each)),
      expiresAt: expiresAt?.getTime(),
    });
    return { credential: toCredential(await this.#findToken(tenantId, id)), secret };
  }

  /**
   * Makes a token that may what another may, for the same user and as long; the other opens things for the overlap at most. Forbidden
   * when it may do more than the caller.
   */
  async rotate(caller: Principal, id: string, overlapHours: number): Promise<IssuedApiToken> {
    const { tenantId } = caller;
    if (overlapHours < 0 || overlapHours > mostOverlapHours)
      throw new InvalidInput('overlapHours', `must be from 0 to ${mostOverlapHours}`);
    const old = await this.#findToken(tenantId, id);
    const now = this.#now();
    if (old.revokedAt != null || (old.expiresAt ?? Number.POSITIVE_INFINITY) <= now)
      throw new Conflict('The token opens nothing any more: make another');
    const user = old.userId == null ? undefined : await this.#users.findIn(tenantId, old.userId);
    const permissions = old.permissions.filter((each) => !user || user.permissions.includes(each));
    refuseMore(caller, permissions);
    const expiresAt = old.expiresAt == null ? null : now + old.expiresAt - old.createdAt;
    const made = await this.#credentials.replace(old, { user, permissions, expiresAt }, now + overlapHours * hourMs);
    return { credential: toCredential(await this.#findToken(tenantId, made.id)), secret: made.secret };
  }

  async revoke(tenantId: string, id: string): Promise<CredentialType> {
    const credential = isUuid(id) ? await this.#repository.revokeToken(tenantId, id, this.#now()) : null;
    if (!credential) throw new NotFound('API token', id);
    return toCredential(credential);
  }

  async #findToken(tenantId: string, id: string): Promise<Credential> {
    const found = isUuid(id) ? await this.#repository.findOne(tenantId, id) : null;
    if (found?.kind !== 'API_TOKEN') throw new NotFound('API token', id);
    return found;
  }
}
