import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { MeCredential, MeType } from '../../../schema/user/me.type.ts';
import type { SessionType } from '../../../schema/user/session.type.ts';
import type { Principal } from '../../context.ts';
import { Conflict, NotFound } from '../../errors.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { IntakeService } from '../intake/intake.service.ts';
import type { TenantService } from '../tenant/tenant.service.ts';
import type { UserNode } from '../user/user.node.ts';
import type { UserService } from '../user/user.service.ts';
import type { Credential } from './credential.entity.ts';
import type { CredentialRepository, SessionLimits } from './credential.repository.ts';
import { hashSecret, newSecret } from './secret.ts';
import type { SessionRepository } from './session.repository.ts';

interface Parts {
  readonly sessions: SessionRepository;
  readonly credentials: CredentialRepository;
  readonly intakes: IntakeService;
  readonly tenants: TenantService;
  readonly users: UserService;
  readonly audit: AuditService;
  /** Of the secrets' hashes. */
  readonly key: string;
  readonly limits: SessionLimits;
  readonly now: () => number;
}

type Caller = Pick<Principal, 'tenantId' | 'credentialId' | 'userId' | 'kind' | 'permissions'>;

/** Browsers that a person stays signed in with; one more ends the oldest. */
const mostSessions = 50;
/** The intake of events that a person sends from a browser. */
const intakeName = 'Console';

/** What people have open who have signed in. */
export class SessionService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** How long the cookie of a session may be kept, in milliseconds. */
  get maxMs(): number {
    return this.#parts.limits.maxMs;
  }

  /**
   * Signs a user in; answers the secret, of which only the keyed hash is kept. Throws Conflict when the user has been disabled since it
   * was read, or has another password: what that ended must not begin again.
   */
  async start({ id: userId, tenantId, passwordHash }: UserNode): Promise<string> {
    const { sessions, users, intakes, audit, key, limits, now } = this.#parts;
    const intake = await intakes.findOrCreate(tenantId, intakeName, 'API');
    const secret = newSecret('SESSION');
    const createdAt = now();
    const id = uuidV7(createdAt);
    return sessions.transaction(async (transaction) => {
      const user = await users.findIn(tenantId, userId, transaction);
      if (user.disabledAt !== null || user.passwordHash !== passwordHash)
        throw new Conflict('The user is disabled, or has another password by now');
      await sessions.tidy(transaction, userId, mostSessions - 1, createdAt);
      await sessions.insert(transaction, {
        id,
        tenantId,
        intakeId: intake.id,
        userId,
        secretHash: hashSecret(secret, key),
        createdAt,
        expiresAt: createdAt + Math.min(limits.idleMs, limits.maxMs),
      });
      const actor = { tenantId, userId, credentialId: id };
      await audit.record(transaction, actor, { action: AuditAction.SIGN_IN, subject: userId, details: {} });
      return secret;
    });
  }

  /** Signs out. */
  async end(caller: Caller): Promise<void> {
    const { sessions, audit, now } = this.#parts;
    const { credentialId, userId } = caller;
    if (userId === undefined) return;
    await sessions.transaction(async (transaction) => {
      await sessions.revoke(transaction, userId, { only: credentialId }, now());
      const deed = { action: AuditAction.SIGN_OUT, subject: credentialId, details: {} };
      await audit.record(transaction, caller, deed);
    });
  }

  /** Ends all sessions of a user but one, in the transaction that gives a reason to. */
  endOthers(transaction: Transaction, userId: string, except?: string): Promise<void> {
    const which = except === undefined ? {} : { except };
    return this.#parts.sessions.revoke(transaction, userId, which, this.#parts.now());
  }

  /** Those that the caller may end: its own, with USERS_WRITE those of all people of the tenant; the latest first. */
  async list(caller: Caller): Promise<SessionType[]> {
    const ofAll = caller.permissions.has('USERS_WRITE');
    if (!ofAll && caller.userId === undefined) return [];
    const { sessions, now } = this.#parts;
    const open = await sessions.findOpen(caller.tenantId, ofAll ? undefined : caller.userId, now());
    return open.map((session) => toSession(session, caller));
  }

  /** It is over within a second; NotFound also for one that the caller may not end. */
  async revoke(caller: Caller, id: string): Promise<SessionType> {
    const { sessions, audit, now } = this.#parts;
    return sessions.transaction(async (transaction) => {
      const session = isUuid(id) ? await sessions.findOne(transaction, caller.tenantId, id) : null;
      const isOwn = session?.userId != null && session.userId === caller.userId;
      if (!session?.userId || !(isOwn || caller.permissions.has('USERS_WRITE'))) throw new NotFound('Session', id);
      await sessions.revoke(transaction, session.userId, { only: id }, now());
      const details = { userId: session.userId };
      await audit.record(transaction, caller, { action: AuditAction.REVOKE_SESSION, subject: id, details });
      return toSession(session, caller);
    });
  }

  /** Who the caller is. */
  async me(caller: Caller): Promise<MeType> {
    const { tenants, users } = this.#parts;
    const { tenantId, userId, kind, permissions } = caller;
    const [user, tenant, credential] = await Promise.all([
      userId === undefined ? null : users.get(tenantId, userId),
      tenants.get(tenantId),
      this.#credentialOf(caller),
    ]);
    const sessionExpiresAt = kind === 'SESSION' ? credential.expiresAt : null;
    return { user, permissions: [...permissions], tenant, credential, sessionExpiresAt };
  }

  /** One that only this run of the server knows has its id for a name. */
  async #credentialOf({ tenantId, credentialId, kind }: Caller): Promise<MeCredential> {
    const found = isUuid(credentialId) ? await this.#parts.credentials.findOne(tenantId, credentialId) : null;
    const expiresAt = found?.expiresAt ?? null;
    return {
      id: credentialId,
      name: found?.name ?? credentialId,
      kind,
      expiresAt: expiresAt === null ? null : new Date(expiresAt),
    };
  }
}

function toSession({ id, userId, createdAt, lastUsedAt, expiresAt }: Credential, caller: Caller): SessionType {
  return {
    id,
    userId: String(userId),
    createdAt: new Date(createdAt),
    lastUsedAt: new Date(lastUsedAt ?? createdAt),
    expiresAt: new Date(Number(expiresAt)),
    isCurrent: id === caller.credentialId,
  };
}
