import type { AuditAction } from '../../../schema/audit/audit-action.enum.ts';
import type { AuditFilter } from '../../../schema/audit/audit-entry.input.ts';
import type { AuditEntryType } from '../../../schema/audit/audit-entry.type.ts';
import type { Page } from '../../../schema/paging/connection.type.ts';
import type { Database } from '../../persistence/database.ts';
import { type PageRequest, readCounter } from '../../persistence/keyset.ts';
import { type KeysetList, readPage } from '../../persistence/keyset-list.ts';
import { inTransaction, type Statements } from '../../persistence/transaction.ts';
import { Where } from '../../persistence/where.ts';
import {
  type AuditRecord,
  type ChainedRecord,
  type ChainHead,
  type ChainSeal,
  genesis,
  hashOf,
} from './audit-chain.ts';

interface AuditEntryRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly at: number;
  readonly credential_id: string;
  readonly user_id: string | null;
  readonly action: AuditAction;
  readonly subject: string;
  /** SQLite answers JSON as its text. */
  readonly details: string | Readonly<Record<string, unknown>>;
  readonly sequence: number;
  readonly hash: string;
}

const counter = 'auditEntries';
/** Entries read at once when a chain is made or followed. */
const atOnce = 1000;

const latestFirst: KeysetList<AuditEntryRow, AuditEntryType> = {
  columns: 'a.*',
  table: 'audit_entry a',
  order: { name: 'audit', columns: ['a.sequence'], direction: 'desc' },
  keyOf: ({ sequence }) => [sequence],
  nodeOf: toNode,
  counter,
};

export class AuditRepository {
  readonly #database: Database;
  readonly #seal: ChainSeal;

  constructor(database: Database, seal: ChainSeal) {
    this.#database = database;
    this.#seal = seal;
  }

  page(tenantId: string, filter: AuditFilter, request: PageRequest): Promise<Page<AuditEntryType>> {
    const where = new Where('a.tenant_id', tenantId)
      .anyOf('a.action', filter.action)
      .anyOf('a.user_id', filter.userId)
      .anyOf('a.credential_id', filter.credentialId)
      .anyOf('a.subject', filter.subject)
      .within('a.at', filter.at);
    return readPage(this.#database, latestFirst, tenantId, where, request);
  }

  transaction<Result>(work: (statements: Statements) => Promise<Result>): Promise<Result> {
    return inTransaction(this.#database, work);
  }

  /**
   * Writes an entry at the end of its tenant's chain. Until the transaction ends, no other can: whoever writes entries does so last,
   * after all else that it may have to wait for.
   */
  async append(statements: Statements, record: AuditRecord): Promise<void> {
    const head = await this.#lockHead(statements, record.tenantId);
    const sequence = head.sequence + 1;
    const hash = hashOf(head.hash, sequence, record);
    const { id, tenantId, at, credentialId, userId, action, subject, details } = record;
    await statements.execute(
      'insert into audit_entry (id, tenant_id, at, credential_id, user_id, action, subject, details, sequence, hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      [id, tenantId, at, credentialId, userId, action, subject, JSON.stringify(details), sequence, hash],
    );
    await this.#setHead(statements, tenantId, sequence, hash);
    await statements.count(tenantId, counter, 1);
  }

  /** Tenants with entries that no chain holds, because they are from before there were chains. */
  async unchained(): Promise<string[]> {
    const rows = await this.#database.read<{ id: string }>(
      `select t.id from tenant t
       where exists (select 1 from audit_entry a where a.tenant_id = t.id and a.sequence is null)
       and not exists (select 1 from audit_head h where h.tenant_id = t.id)`,
      [],
    );
    return rows.map(({ id }) => id);
  }

  /** Chains the entries of a tenant that has no chain yet. */
  chain(tenantId: string): Promise<void> {
    return this.transaction(async (statements) => {
      await this.#lockHead(statements, tenantId);
    });
  }

  /** A tenant's entries in the order of its chain, after a place in it. */
  async links(tenantId: string, after: number): Promise<ChainedRecord[]> {
    const rows = await this.#database.scan<AuditEntryRow>(
      'select * from audit_entry where tenant_id = ? and sequence > ? order by sequence limit ?',
      [tenantId, after, atOnce],
    );
    return rows.map((row) => ({ ...toRecord(row), sequence: row.sequence, hash: row.hash }));
  }

  async head(tenantId: string): Promise<ChainHead | null> {
    const [head] = await this.#database.scan<ChainHead>(
      'select sequence, hash, seal from audit_head where tenant_id = ?',
      [tenantId],
    );
    return head ?? null;
  }

  /** Entries of a tenant that no chain holds. */
  async countLoose(tenantId: string): Promise<number> {
    const [row] = await this.#database.scan<{ loose: number }>(
      'select count(*) as loose from audit_entry where tenant_id = ? and (sequence is null or sequence < 1)',
      [tenantId],
    );
    return row?.loose ?? 0;
  }

  /** How many entries a tenant is told to have. */
  countTold(tenantId: string): Promise<number> {
    return readCounter(this.#database, tenantId, counter);
  }

  /** The head, which nobody else can change until the transaction ends; made where the tenant has none. */
  async #lockHead(statements: Statements, tenantId: string): Promise<Pick<ChainHead, 'sequence' | 'hash'>> {
    const made = await statements.execute(
      'insert into audit_head (tenant_id, sequence, hash, seal) values (?, 0, ?, ?) on conflict do nothing returning tenant_id',
      [tenantId, genesis, this.#seal.of(tenantId, 0, genesis)],
    );
    if (made.length > 0) return this.#chainLoose(statements, tenantId);
    const [head] = await statements.execute<Pick<ChainHead, 'sequence' | 'hash'>>(
      `select sequence, hash from audit_head where tenant_id = ? ${statements.kind === 'postgres' ? 'for update' : ''}`,
      [tenantId],
    );
    return head ?? { sequence: 0, hash: genesis };
  }

  async #chainLoose(statements: Statements, tenantId: string): Promise<Pick<ChainHead, 'sequence' | 'hash'>> {
    let end = { sequence: 0, hash: genesis };
    for (let rows: AuditEntryRow[] | undefined; rows === undefined || rows.length > 0; ) {
      rows = await statements.execute<AuditEntryRow>(
        'select * from audit_entry where tenant_id = ? and sequence is null order by id limit ?',
        [tenantId, atOnce],
      );
      for (const row of rows) {
        const sequence = end.sequence + 1;
        end = { sequence, hash: hashOf(end.hash, sequence, toRecord(row)) };
        await statements.execute('update audit_entry set sequence = ?, hash = ? where tenant_id = ? and id = ?', [
          sequence,
          end.hash,
          tenantId,
          row.id,
        ]);
      }
    }
    await this.#setHead(statements, tenantId, end.sequence, end.hash);
    return end;
  }

  async #setHead(statements: Statements, tenantId: string, sequence: number, hash: string): Promise<void> {
    await statements.execute('update audit_head set sequence = ?, hash = ?, seal = ? where tenant_id = ?', [
      sequence,
      hash,
      this.#seal.of(tenantId, sequence, hash),
      tenantId,
    ]);
  }
}

function toRecord(row: AuditEntryRow): AuditRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    at: row.at,
    credentialId: row.credential_id,
    userId: row.user_id,
    action: row.action,
    subject: row.subject,
    details: typeof row.details === 'string' ? readDetails(row.details) : row.details,
  };
}

/** What somebody else wrote into the database must not keep the chain from being followed. */
function readDetails(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch {
    return { unreadable: text };
  }
}

function toNode(row: AuditEntryRow): AuditEntryType {
  const { at, ...record } = toRecord(row);
  return { ...record, at: new Date(at), sequence: row.sequence, hash: row.hash };
}
