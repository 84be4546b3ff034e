import type { AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Principal } from '../../context.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { uuidV7 } from '../../uuid-v7.ts';
import type { AuditRepository } from './audit.repository.ts';

/** Who does something. */
export type Actor = Pick<Principal, 'tenantId' | 'credentialId' | 'userId'>;

/** What is done, and to what. */
export type Deed = Pick<AuditEntryType, 'action' | 'subject' | 'details'>;

/** What people have done in each tenant. */
export class AuditService {
  readonly #entries: AuditRepository;
  readonly #now: () => number;

  constructor(entries: AuditRepository, now: () => number) {
    this.#entries = entries;
    this.#now = now;
  }

  /** The latest first. */
  page(tenantId: string, request: PageRequest): Promise<Page<AuditEntryType>> {
    return this.#entries.page(tenantId, request);
  }

  /** Writes an entry in the transaction that does what it tells of; answers its id. */
  async record(transaction: Transaction, actor: Actor, deed: Deed): Promise<string> {
    const at = this.#now();
    const id = uuidV7(at);
    const { tenantId, credentialId, userId = null } = actor;
    await this.#entries.insert(transaction, { id, tenantId, at, credentialId, userId, ...deed });
    return id;
  }

  /** Keeps the entry of something that takes several transactions true, in each of them. */
  amend(transaction: Transaction, { tenantId }: Actor, id: string, details: Deed['details']): Promise<void> {
    return this.#entries.setDetails(transaction, tenantId, id, details);
  }
}
