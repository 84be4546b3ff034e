import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { InvitationType } from '../../../schema/user/invitation.type.ts';
import type { Principal } from '../../context.ts';
import { Conflict, InvalidInput, RateLimited } from '../../errors.ts';
import type { Logger } from '../../log.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { SessionService } from '../credential/session.service.ts';
import { type LinkPurpose, linkTo, type SetupForm, type SetupLinkService } from '../credential/setup-link.service.ts';
import type { UserNode } from '../user/user.node.ts';
import type { UserService } from '../user/user.service.ts';
import { SignInBrake } from './sign-in-brake.ts';

interface Parts {
  readonly users: UserService;
  readonly sessions: SessionService;
  readonly links: SetupLinkService;
  readonly audit: AuditService;
  /** Runs work in a transaction of its own. */
  readonly transaction: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>;
  /** Where people reach this server. */
  readonly serverUrl: () => string;
  readonly log: Logger;
  readonly now: () => number;
}

interface TooSoon {
  readonly retryAfterSeconds: number;
}

/** What came of a try to come in: the secret of a session, nothing, or that it was too soon. */
export type Entry = { readonly secret: string } | { readonly refused: true } | TooSoon;

/** Passwords that are looked at together: each takes 32 MiB and a tenth of a second of a core. */
const mostAtOnce = 8;

/** How people come in from a browser: by password, or the first time by a link. */
export class SignInService {
  readonly #parts: Parts;
  readonly #brake: SignInBrake;
  #underWay = 0;
  #isSetUp = false;
  readonly #writing = new Set<Promise<void>>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#brake = new SignInBrake(parts.now);
  }

  /** Whether nobody has a password yet, so that a link has to make the first person. */
  async needsSetup(): Promise<boolean> {
    // Once somebody has one somebody always will.
    this.#isSetUp ||= !(await this.#parts.users.isUnset());
    return !this.#isSetUp;
  }

  /** An unknown address, a user without a password and a disabled one are refused like a wrong password, and take as long. */
  async signIn(address: string, email: string, password: string): Promise<Entry> {
    const { users, log } = this.#parts;
    const account = accountOf(email);
    const wait = this.#admit(address, account);
    if (wait !== undefined) return wait;
    const user = await users.findByEmail(email);
    if (!(await this.#isPassword(user, password)) || !user) {
      log.warn({ address }, 'A sign-in failed');
      if (user) this.#recordFailure(user, address);
      return { refused: true };
    }
    this.#brake.succeed(address, account);
    return this.#enter(user);
  }

  /** Throws what `SetupLinkService.use` throws. */
  async setUp(address: string, token: string, form: SetupForm): Promise<Entry> {
    const wait = this.#admit(address);
    if (wait !== undefined) return wait;
    const purpose = await this.#parts.links.purposeOf(token);
    if (!purpose) return { refused: true };
    this.#brake.succeed(address);
    const user = await this.#parts.links.use(token, form);
    return user ? this.#enter(user) : { refused: true };
  }

  /** What a link is good for. */
  async purposeOf(address: string, token: string): Promise<LinkPurpose | Entry> {
    const wait = this.#admit(address);
    if (wait !== undefined) return wait;
    const purpose = await this.#parts.links.purposeOf(token);
    if (!purpose) return { refused: true };
    this.#brake.succeed(address);
    return purpose;
  }

  /** Makes a link for a user; see `SetupLinkService.invite`. */
  async invite(caller: Principal, userId: string): Promise<InvitationType> {
    const link = await this.#parts.links.invite(caller, userId);
    return { link: linkTo(this.#parts.serverUrl(), link), expiresAt: new Date(link.expiresAt) };
  }

  /** The caller's own; all its other sessions end, and links that could set another one are void. Guesses at the present one are slowed down as those of a sign-in are. */
  async changePassword(caller: Principal, current: string, next: string): Promise<void> {
    const { users, sessions, links, audit, transaction } = this.#parts;
    const { userId, tenantId, credentialId } = caller;
    if (userId === undefined)
      throw new Conflict('The credential is not that of a user: there is no password to change');
    users.checkPassword(next, 'new');
    const user = await users.findIn(tenantId, userId);
    const account = accountOf(user.email);
    const tooSoon = this.#admit(`credential ${credentialId}`, account);
    if (tooSoon) throw new RateLimited(tooSoon.retryAfterSeconds);
    if (!(await this.#isPassword(user, current))) throw new InvalidInput('current', 'is not the password');
    this.#brake.succeed(`credential ${credentialId}`, account);
    const passwordHash = await users.hashPassword(next);
    await transaction(async (within) => {
      await users.setPassword(within, userId, passwordHash);
      await sessions.endOthers(within, userId, credentialId);
      await links.voidAll(within, userId);
      await audit.record(within, caller, { action: AuditAction.CHANGE_PASSWORD, subject: userId, details: {} });
    });
  }

  /** Ends once all failed sign-ins are recorded. */
  async close(): Promise<void> {
    await Promise.all(this.#writing);
  }

  /** Refused when the password was changed while it was looked at. */
  async #enter(user: UserNode): Promise<Entry> {
    try {
      return { secret: await this.#parts.sessions.start(user) };
    } catch (cause) {
      if (cause instanceof Conflict) return { refused: true };
      throw cause;
    }
  }

  #admit(address: string, account?: string): TooSoon | undefined {
    const wait = this.#underWay >= mostAtOnce ? 1000 : this.#brake.admit(address, account);
    return wait > 0 ? { retryAfterSeconds: Math.ceil(wait / 1000) } : undefined;
  }

  async #isPassword(user: UserNode | null, password: string): Promise<boolean> {
    this.#underWay++;
    try {
      return await this.#parts.users.isPassword(user, password);
    } finally {
      this.#underWay--;
    }
  }

  /** The answer does not wait for it: that would tell an account that exists from one that does not. */
  #recordFailure({ id, tenantId, email }: UserNode, address: string): void {
    const { audit, transaction, log } = this.#parts;
    const deed = { action: AuditAction.SIGN_IN_FAILED, subject: id, details: { email, address } };
    const writing = transaction(async (within) => {
      await audit.record(within, { tenantId, credentialId: 'sign-in' }, deed);
    }).catch((cause: Error) => log.error({ err: cause }, 'A failed sign-in could not be recorded'));
    this.#writing.add(writing);
    void writing.finally(() => this.#writing.delete(writing));
  }
}

/** What tries at an account are counted by: as users' addresses are compared, whether there is such a user or not. */
function accountOf(email: string): string {
  return email.trim().normalize('NFC').toLowerCase().slice(0, 254);
}
