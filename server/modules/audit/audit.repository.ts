import type { AuditAction, AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Database } from '../../persistence/database.ts';
import type { PageRequest } from '../../persistence/keyset.ts';
import { type KeysetList, readPage } from '../../persistence/keyset-list.ts';
import type { Transaction } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';
import { auditEntrySchema } from './audit-entry.entity.ts';

interface AuditEntryRow {
  readonly id: string;
  readonly at: number;
  readonly credential_id: string;
  readonly user_id: string | null;
  readonly action: AuditAction;
  readonly subject: string;
  /** SQLite answers JSON as its text. */
  readonly details: string | Readonly<Record<string, unknown>>;
}

/** An entry before it is stored; its time is epoch milliseconds. */
export interface NewAuditEntry extends Omit<AuditEntryType, 'at'> {
  readonly tenantId: string;
  readonly at: number;
}

const counter = 'auditEntries';

const latestFirst: KeysetList<AuditEntryRow, AuditEntryType> = {
  columns: 'a.*',
  table: 'audit_entry a',
  order: { name: 'audit', columns: ['a.id'], direction: 'desc', uuids: ['a.id'] },
  keyOf: ({ id }) => [id],
  nodeOf: toNode,
  counter,
};

export class AuditRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  page(tenantId: string, request: PageRequest): Promise<Page<AuditEntryType>> {
    return readPage(this.#database, latestFirst, tenantId, new Where('a.tenant_id', tenantId), request);
  }

  async insert({ em, count }: Transaction, entry: NewAuditEntry): Promise<void> {
    await em.insert(auditEntrySchema, entry);
    await count(entry.tenantId, counter, 1);
  }

  async setDetails(
    { em }: Transaction,
    tenantId: string,
    id: string,
    details: NewAuditEntry['details'],
  ): Promise<void> {
    await em.nativeUpdate(auditEntrySchema, { tenantId, id }, { details });
  }
}

function toNode({ id, at, credential_id, user_id, action, subject, details }: AuditEntryRow): AuditEntryType {
  return {
    id,
    at: new Date(at),
    credentialId: credential_id,
    userId: user_id,
    action,
    subject,
    details: typeof details === 'string' ? JSON.parse(details) : details,
  };
}
