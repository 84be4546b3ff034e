import { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { ErrorCode } from '../../../schema/errors.ts';
import type { Logger } from '../../log.ts';
import type { Actor, AuditService } from './audit.service.ts';

/** The same refusal is written at most once in this time, in milliseconds; those between are counted. */
export const refusalMs = 60_000;
/** Different refusals remembered at once. */
const mostKept = 10_000;

interface Refusal {
  readonly actor: Actor;
  readonly asked: string;
  readonly code: ErrorCode;
  toldAt: number;
  /** How often it has happened since it was last written. */
  untold: number;
}

/**
 * What known callers were refused, in the audit log. The first refusal of a credential and field is written at once, the next ones as
 * a number, so that one who tries everything over and over fills no disk.
 */
export class RefusalService {
  readonly #audit: AuditService;
  readonly #log: Logger;
  readonly #now: () => number;
  /** The one written longest ago first. */
  readonly #refusals = new Map<string, Refusal>();
  readonly #writing = new Set<Promise<void>>();

  constructor(audit: AuditService, log: Logger, now: () => number) {
    this.#audit = audit;
    this.#log = log;
    this.#now = now;
  }

  /** Counts a refusal of `asked`, a field or a permission; ends once it is written, if it is now, and never fails. */
  async note(actor: Actor, asked: string, code: ErrorCode): Promise<void> {
    const key = `${actor.credentialId} ${code} ${asked}`;
    const known = this.#refusals.get(key);
    const refusal = known ?? { actor, asked, code, toldAt: Number.NEGATIVE_INFINITY, untold: 0 };
    refusal.untold += 1;
    if (this.#now() - refusal.toldAt < refusalMs) return;
    this.#refusals.delete(key);
    this.#refusals.set(key, refusal);
    const written = this.#write(refusal);
    if (this.#refusals.size > mostKept) await this.#forgetOldest();
    await written;
  }

  /** Writes what was only counted, once its time has come. */
  async look(): Promise<void> {
    const due = this.#now() - refusalMs;
    for (const [key, refusal] of this.#refusals) {
      if (refusal.toldAt > due) continue;
      if (refusal.untold > 0) await this.#write(refusal);
      else this.#refusals.delete(key);
    }
  }

  /** Writes all that was only counted. */
  async close(): Promise<void> {
    for (const refusal of this.#refusals.values()) {
      if (refusal.untold > 0) await this.#write(refusal);
    }
    await Promise.all(this.#writing);
  }

  async #forgetOldest(): Promise<void> {
    const [[key, oldest] = []] = this.#refusals;
    if (key === undefined || !oldest) return;
    this.#refusals.delete(key);
    if (oldest.untold > 0) await this.#write(oldest);
  }

  #write(refusal: Refusal): Promise<void> {
    const { actor, asked, code, untold: count } = refusal;
    refusal.toldAt = this.#now();
    refusal.untold = 0;
    const written = this.#audit
      .recordAlone(actor, { action: AuditAction.REFUSED, subject: asked, details: { code, count } })
      .catch((cause: unknown) => this.#log.error({ err: cause }, 'A refusal could not be written to the audit log'))
      .then(() => {
        this.#writing.delete(written);
      });
    this.#writing.add(written);
    return written;
  }
}
