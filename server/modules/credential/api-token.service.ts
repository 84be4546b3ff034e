import type { CredentialType } from '../../../schema/credential/credential.type.ts';
import type { CreateApiTokenInput } from '../../../schema/user/user.input.ts';
import type { IssuedApiToken } from '../../../schema/user/user.type.ts';
import type { Principal } from '../../context.ts';
import { NotFound } from '../../errors.ts';
import { isUuid } from '../../uuid-v7.ts';
import { refuseMore, type UserService } from '../user/user.service.ts';
import type { CredentialRepository } from './credential.repository.ts';
import type { CredentialService } from './credential.service.ts';
import { toCredential } from './intake-key.service.ts';

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
  async create(caller: Principal, { name, userId, permissions }: CreateApiTokenInput): Promise<IssuedApiToken> {
    const { tenantId } = caller;
    refuseMore(caller, permissions ?? []);
    const owner = userId ?? caller.userId;
    const user = owner === undefined ? undefined : await this.#users.findIn(tenantId, owner);
    const { id, secret } = await this.#credentials.create('API_TOKEN', name, {
      tenantId,
      user,
      permissions: permissions ?? [...caller.permissions].filter((each) => !user || user.permissions.includes(each)),
    });
    const credential = await this.#repository.findOne(tenantId, id);
    if (!credential) throw new NotFound('API token', id);
    return { credential: toCredential(credential), secret };
  }

  async revoke(tenantId: string, id: string): Promise<CredentialType> {
    const credential = isUuid(id) ? await this.#repository.revokeToken(tenantId, id, this.#now()) : null;
    if (!credential) throw new NotFound('API token', id);
    return toCredential(credential);
  }
}
