import type { AuditFilter } from '../../../schema/audit/audit-entry.input.ts';
import type { AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Principal } from '../../context.ts';
import { InvalidInput } from '../../errors.ts';
import { accompany, type Companion, companionHere, type Made } from '../../persistence/before-commit.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { Statements } from '../../persistence/transaction.ts';
import { isUuid, uuidV7 } from '../../uuid-v7.ts';
import type { AuditRepository } from './audit.repository.ts';
import { type ChainBreak, type ChainHead, type ChainSeal, ChainVerifier } from './audit-chain.ts';
import { type Names, subjectName } from './subject-name.ts';

/** Who does something. */
export type Actor = Pick<Principal, 'tenantId' | 'credentialId' | 'userId'>;

/** Whoever may run commands on the server's machine. */
export function operatorOf(tenantId: string): Actor {
  return { tenantId, credentialId: 'tocsin command' };
}

/** What is done, and to what. */
export type Deed = Pick<AuditEntryType, 'action' | 'subject' | 'details'>;

/** A deed as far as it is known before it is done. */
export interface Intent<Result> extends Omit<Deed, 'subject'> {
  /** To what it is done, once that can be told of the rows that a commit makes; undefined: not by this commit. */
  readonly subjectOf: (made: readonly Made[]) => string | undefined;
  /** To what it was done, when no commit has told. */
  readonly subjectAfter: (result: Result) => string;
}

/** What following a tenant's chain has shown. */
export interface ChainReport {
  readonly entries: number;
  readonly head: ChainHead | null;
  readonly firstBreak: ChainBreak | null;
}

/** Longer subjects are cut: none of ours is nearly as long. */
const longestSubject = 200;

/** What has been done in each tenant: entries that are only ever added, each bound to the one before it by its hash. */
export class AuditService {
  readonly #entries: AuditRepository;
  readonly #seal: ChainSeal;
  readonly #now: () => number;

  constructor(entries: AuditRepository, seal: ChainSeal, now: () => number) {
    this.#entries = entries;
    this.#seal = seal;
    this.#now = now;
  }

  /** How what an entry says was done to is called today; null: it is nothing that has a name, or it is gone. */
  subjectName(entry: AuditEntryType, names: Names): Promise<string | null> {
    return subjectName(entry, names);
  }

  /** The latest first. */
  page(tenantId: string, filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntryType>> {
    const stranger = filter.userId?.find((id) => !isUuid(id));
    if (stranger !== undefined) throw new InvalidInput('userId', 'must be UUIDs');
    return this.#entries.page(tenantId, filter, request);
  }

  /**
   * Writes an entry in the transaction that does what it tells of, as the last thing that this has to wait for; answers its id. Within
   * `perform` it is the entry of what is performed.
   */
  record(transaction: Statements, actor: Actor, deed: Deed): Promise<string> {
    const companion = companionHere();
    if (companion instanceof Performance) companion.isTold = true;
    return this.#append(transaction, actor, deed);
  }

  /** Writes an entry of something that changes nothing else; answers its id. */
  recordAlone(actor: Actor, deed: Deed): Promise<string> {
    return this.#entries.transaction((statements) => this.#append(statements, actor, deed));
  }

  /**
   * Does something, and sees to it that exactly one entry tells of it once it is done: `record`'s where it is called within, else one
   * in the first commit of it that tells the subject, else one of its own after it. What fails before it has committed leaves none.
   */
  async perform<Result>(actor: Actor, intent: Intent<Result>, work: () => Promise<Result>): Promise<Result> {
    const { action, details } = intent;
    const performance = new Performance(async (statements, made) => {
      const subject = intent.subjectOf(made);
      if (subject === undefined) return false;
      await this.#append(statements, actor, { action, subject, details });
      return true;
    });
    try {
      const result = await accompany(performance, work);
      if (!performance.isTold) {
        await this.recordAlone(actor, { action, subject: intent.subjectAfter(result), details });
      }
      return result;
    } finally {
      // What was begun on the way may go on, and is no part of it.
      performance.isTold = true;
    }
  }

  /** Chains entries from before there were chains; answers in how many tenants. */
  async chainOldEntries(): Promise<number> {
    const tenants = await this.#entries.unchained();
    for (const tenantId of tenants) await this.#entries.chain(tenantId);
    return tenants.length;
  }

  /**
   * Follows the chain of a tenant from its first entry to its sealed head, which may move on meanwhile; `onProgress` hears how many
   * entries were found whole so far.
   */
  async verify(tenantId: string, onProgress: (entries: number) => void = () => {}): Promise<ChainReport> {
    const verifier = new ChainVerifier(tenantId, this.#seal);
    for (;;) {
      const links = await this.#entries.links(tenantId, verifier.sequence);
      for (const link of links) {
        const firstBreak = verifier.next(link);
        if (firstBreak) return { entries: verifier.sequence, head: await this.#entries.head(tenantId), firstBreak };
      }
      onProgress(verifier.sequence);
      if (links.length > 0) continue;
      const head = await this.#entries.head(tenantId);
      const isGrown = head !== null && head.sequence > verifier.sequence;
      if (isGrown && (await this.#entries.links(tenantId, verifier.sequence)).length > 0) continue;
      const firstBreak = verifier.end(head) ?? (await this.#looseEntries(tenantId, head));
      return { entries: verifier.sequence, head, firstBreak };
    }
  }

  async #looseEntries(tenantId: string, head: ChainHead | null): Promise<ChainBreak | null> {
    const loose = await this.#entries.countLoose(tenantId);
    const told = await this.#entries.countTold(tenantId);
    if (loose > 0) return { sequence: 0, id: null, problem: `${loose} entries stand outside of the chain` };
    if (head === null && told > 0)
      return { sequence: 1, id: null, problem: `is missing, and all after it up to ${told}` };
    return null;
  }

  async #append(statements: Statements, { tenantId, credentialId, userId }: Actor, deed: Deed): Promise<string> {
    const at = this.#now();
    const id = uuidV7(at);
    const subject = storable(deed.subject).slice(0, longestSubject).toWellFormed();
    // Through JSON, for what is hashed must be what is read back: without undefined members, dates as texts.
    const details = JSON.parse(JSON.stringify(deed.details, (_, value) => storable(value)));
    const record = { id, tenantId, at, credentialId, userId: userId ?? null, action: deed.action, subject, details };
    await this.#entries.append(statements, record);
    return id;
  }
}

/** Something under way that wants one entry. */
class Performance implements Companion {
  isTold = false;
  readonly #tell: (statements: Statements, made: readonly Made[]) => Promise<boolean>;

  constructor(tell: (statements: Statements, made: readonly Made[]) => Promise<boolean>) {
    this.#tell = tell;
  }

  async beforeCommit(statements: Statements, made: readonly Made[]): Promise<void> {
    if (this.isTold) return;
    // Another commit may come while this one is told.
    this.isTold = true;
    this.isTold = await this.#tell(statements, made);
  }
}

/** PostgreSQL takes neither a NUL nor half of a character. */
function storable<Value>(value: Value): Value {
  return (typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value) as Value;
}
