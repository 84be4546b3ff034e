import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { Principal } from '../../context.ts';
import { Conflict } from '../../errors.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import { type Actor, type AuditService, operatorOf } from '../audit/audit.service.ts';
import { checkName } from '../intake/intake.service.ts';
import type { TenantService } from '../tenant/tenant.service.ts';
import type { UserNode } from '../user/user.node.ts';
import { refuseMore, type UserService } from '../user/user.service.ts';
import { hashSecret, isWellFormedSecret, newSecret } from './secret.ts';
import type { SessionService } from './session.service.ts';
import type { SetupLinkRepository, SetupLinkRow } from './setup-link.repository.ts';

interface Parts {
  readonly links: SetupLinkRepository;
  readonly users: UserService;
  readonly tenants: TenantService;
  readonly sessions: SessionService;
  readonly audit: AuditService;
  /** Of the secrets' hashes. */
  readonly key: string;
  readonly now: () => number;
}

/** A link just made: its secret is told this once, and opens nothing from `expiresAt` on, epoch milliseconds. */
export interface NewLink {
  readonly secret: string;
  readonly expiresAt: number;
}

/** What a person types who follows a link; whom an invitation is for is known already. */
export interface SetupForm {
  readonly email: string | undefined;
  readonly name: string | undefined;
  readonly password: string;
}

/** Whom a link lets in: the first person of an installation, or a user who was made for it. */
export type LinkPurpose =
  | { readonly kind: 'setup' }
  | { readonly kind: 'invitation'; readonly email: string; readonly name: string };

/** The address of a link; its secret stands in the fragment, which browsers send nowhere and no log shows. */
export function linkTo(serverUrl: string, { secret }: NewLink): string {
  return `${serverUrl.endsWith('/') ? serverUrl.slice(0, -1) : serverUrl}/setup#token=${secret}`;
}

const lifeMs = 24 * 3_600_000;

/** The links that set a password once: within a day, and never again. */
export class SetupLinkService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The secret of a link that makes the first person of the installation; undefined once somebody has a password. */
  async forFirst(): Promise<NewLink | undefined> {
    const { users, tenants } = this.#parts;
    if (!(await users.isUnset())) return undefined;
    const { id } = await tenants.find();
    return this.#make(operatorOf(id), null);
  }

  /** For the operator: a link by which a user sets its password, the first or another. */
  forUser(user: UserNode): Promise<NewLink> {
    return this.#make(operatorOf(user.tenantId), user);
  }

  /** In a caller's name. Whoever has the link can do what the user may: Forbidden when that is more than the caller may. */
  async invite(caller: Actor & Pick<Principal, 'permissions'>, userId: string): Promise<NewLink> {
    const user = await this.#parts.users.findIn(caller.tenantId, userId);
    refuseMore(caller, user.permissions);
    return this.#make(caller, user);
  }

  /** What a secret is good for; undefined when it opens nothing (any more). */
  async purposeOf(secret: string): Promise<LinkPurpose | undefined> {
    const { users } = this.#parts;
    const link = await this.#find(secret);
    if (!link) return undefined;
    if (link.userId == null) return (await users.isUnset()) ? { kind: 'setup' } : undefined;
    const { email, name, disabledAt } = await users.find(link.userId);
    return disabledAt === null ? { kind: 'invitation', email, name } : undefined;
  }

  /**
   * Uses a link: whose password is set, be it the first person's, who is made an administrator of the tenant `Default`, or that of the
   * user invited, whose sessions end. Undefined when the link opens nothing (any more); throws InvalidInput, and Conflict when the
   * e-mail address is taken, and then the link can be used again.
   */
  async use(secret: string, form: SetupForm): Promise<UserNode | undefined> {
    if (!(await this.purposeOf(secret))) return undefined;
    const { links, users, audit, now } = this.#parts;
    const name = form.name === undefined ? undefined : checkName(form.name);
    const passwordHash = await users.hashPassword(form.password);
    const home = await this.#parts.tenants.find();
    return links.transaction(async (transaction) => {
      const link = await links.findOpen(hashSecret(secret, this.#parts.key), now(), transaction);
      if (!link) return undefined;
      const userId = link.userId ?? null;
      if (userId === null && !(await users.isUnset(transaction))) return undefined;
      await links.spend(transaction, userId, now());
      const role = { roleId: 'ADMINISTRATOR', permissions: [] };
      const first = { email: form.email ?? '', name };
      const user =
        userId === null
          ? await users.insert(transaction, home.id, first, role, passwordHash)
          : await users.find(userId);
      if (userId !== null) {
        await users.setPassword(transaction, userId, passwordHash, name);
        await this.#parts.sessions.endOthers(transaction, userId);
      }
      const { id, tenantId } = user;
      await audit.record(
        transaction,
        { tenantId, userId: id, credentialId: link.id },
        { action: AuditAction.SETUP, subject: id, details: { kind: userId === null ? 'setup' : 'invitation' } },
      );
      return { ...user, passwordHash };
    });
  }

  /** Voids all links of a user, in the transaction that gives a reason to. */
  voidAll(transaction: Transaction, userId: string): Promise<void> {
    return this.#parts.links.spend(transaction, userId, this.#parts.now());
  }

  async #make(actor: Actor, user: UserNode | null): Promise<NewLink> {
    if (user && user.disabledAt !== null) throw new Conflict(`The user ${user.email} is disabled`);
    const { links, audit, key, now } = this.#parts;
    const secret = newSecret('SETUP_LINK');
    const createdAt = now();
    const link = { id: uuidV7(createdAt), userId: user?.id ?? null, createdAt, expiresAt: createdAt + lifeMs };
    await links.transaction(async (transaction) => {
      // Whoever is invited anew has lost the link of before, or should not have it.
      if (user) await links.spend(transaction, user.id, createdAt);
      await links.insert(transaction, { ...link, secretHash: hashSecret(secret, key) });
      if (!user) return;
      await audit.record(transaction, actor, { action: AuditAction.INVITE_USER, subject: user.id, details: {} });
    });
    return { secret, expiresAt: link.expiresAt };
  }

  #find(secret: string): Promise<SetupLinkRow | null> {
    const { links, key, now } = this.#parts;
    return isWellFormedSecret(secret) ? links.findOpen(hashSecret(secret, key), now()) : Promise.resolve(null);
  }
}
