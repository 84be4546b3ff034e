import { setTimeout as sleep } from 'node:timers/promises';
import type { Permission } from '../../../schema/permissions.ts';
import type { Principal } from '../../context.ts';
import { Overloaded } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import { permissionsOf, readPermissions } from '../user/role.node.ts';
import type { CredentialKind } from './credential.entity.ts';
import type { ActiveCredential, CredentialRepository, SessionLimits } from './credential.repository.ts';
import { hashSecret, isWellFormedSecret } from './secret.ts';

/** How often the ring is read anew, in milliseconds: a revoked key is dead by then, in every process, and what it held open is closed. */
const refreshMs = 750;
/** A ring older than this is not trusted. */
const staleMs = 4500;
/** A key not in the ring may have been made a moment ago, but guesses must not become a query each: they share one in this time. */
const missRefreshMs = 100;

/**
 * Every credential that opens something now, in memory: a check costs a hash and a look-up, never a query. Secrets are compared by
 * a keyed hash, so the time a look-up takes tells nothing of how much of a guess was right.
 */
export class KeyRing {
  readonly #credentials: CredentialRepository;
  readonly #key: string;
  readonly #log: Logger;
  readonly #now: () => number;
  readonly #sessions: SessionLimits;
  readonly #launch: Principal | undefined;
  readonly #launchHash: string | undefined;
  #byHash = new Map<string, Principal>();
  #byId = new Map<string, Principal>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  /** When each credential was last used, since that was last written. */
  #used = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    credentials: CredentialRepository,
    key: string,
    log: Logger,
    now: () => number,
    sessions: SessionLimits,
    launch?: { readonly token: string; readonly principal: Principal },
  ) {
    this.#credentials = credentials;
    this.#key = key;
    this.#log = log;
    this.#now = now;
    this.#sessions = sessions;
    this.#launch = launch?.principal;
    this.#launchHash = launch && hashSecret(launch.token, key);
  }

  async open(): Promise<void> {
    await this.#refresh();
    this.#timer = setInterval(() => {
      this.#refresh().catch((cause: Error) =>
        this.#log.error({ err: cause }, 'The credentials could not be read anew'),
      );
    }, refreshMs);
    this.#timer.unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Whom a secret of one of `kinds` speaks for; undefined when it opens nothing. */
  async find(kinds: readonly CredentialKind[], secret: string): Promise<Principal | undefined> {
    const hash = hashSecret(secret, this.#key);
    if (hash === this.#launchHash) return kinds.includes('API_TOKEN') ? this.#launch : undefined;
    if (!isWellFormedSecret(secret)) return undefined;
    if (performance.now() - this.#readAt > staleMs) await this.#refreshOrRefuse();
    let principal = this.#byHash.get(hash);
    if (!principal) {
      await this.#refreshSpaced();
      principal = this.#byHash.get(hash);
    }
    if (!principal || !kinds.includes(principal.kind)) return undefined;
    this.#used.set(principal.credentialId, this.#now());
    return principal;
  }

  /** Whether what a caller was let in with still opens, and all that it opened then. */
  isActive({ credentialId, permissions }: Principal): boolean {
    if (credentialId === this.#launch?.credentialId) return true;
    const now = this.#byId.get(credentialId);
    return now !== undefined && [...permissions].every((permission) => now.permissions.has(permission));
  }

  /** The same for what stays open with it, such as a WebSocket: that it does is a use, so a session that somebody only watches by lives on. */
  keepOpen(principal: Principal): boolean {
    const isActive = this.isActive(principal);
    if (isActive && this.#byId.has(principal.credentialId)) this.#used.set(principal.credentialId, this.#now());
    return isActive;
  }

  /** Writes when credentials were last used, of those used since it last did. */
  async writeLastUse(): Promise<void> {
    const used = this.#used;
    if (used.size === 0) return;
    this.#used = new Map();
    await this.#credentials
      .touch(used, this.#now(), this.#sessions)
      .catch((cause: Error) => this.#log.error({ err: cause }, 'When credentials were last used could not be written'));
  }

  /** Calls back whenever the ring was read anew; returns how to stop that. */
  onRefresh(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #refreshSpaced(): Promise<void> {
    const asked = performance.now();
    await sleep(Math.max(0, this.#readAt + missRefreshMs - asked));
    // Another guess may have had it read meanwhile.
    while (this.#readAt < asked) await this.#refreshOrRefuse();
  }

  async #refreshOrRefuse(): Promise<void> {
    try {
      await this.#refresh();
    } catch (cause) {
      this.#log.error({ err: cause }, 'The credentials could not be read');
      throw new Overloaded(
        2,
        'The database does not answer, so no credential can be checked; nothing was done; try again later',
      );
    }
  }

  #refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    const startedAt = performance.now();
    const rows = await this.#credentials.active(this.#now());
    const byHash = new Map<string, Principal>();
    const byId = new Map<string, Principal>();
    for (const row of rows) {
      const principal = principalOf(row);
      byHash.set(row.secret_hash, principal);
      byId.set(row.id, principal);
    }
    this.#byHash = byHash;
    this.#byId = byId;
    this.#readAt = startedAt;
    for (const listener of this.#listeners) listener();
  }
}

function principalOf(row: ActiveCredential): Principal {
  return {
    credentialId: row.id,
    kind: row.kind,
    tenantId: row.tenant_id,
    intakeId: row.intake_id,
    userId: row.user_id ?? undefined,
    permissions: new Set(permittedTo(row)),
    alertThreshold: row.alert_threshold,
    backupModule: Boolean(row.backup_module),
  };
}

/** A session may what its user may, a token of a user no more than that. */
function permittedTo(row: ActiveCredential): readonly Permission[] {
  const own = readPermissions(row.permissions);
  if (row.user_permissions === null) return own;
  const { user_role_id: role_id, user_permissions: permissions, role_permissions } = row;
  const ofUser = permissionsOf({ role_id, permissions, role_permissions });
  return row.kind === 'SESSION' ? ofUser : own.filter((permission) => ofUser.includes(permission));
}
