import { createHmac, hash, hkdfSync } from 'node:crypto';
import type { AuditAction } from '../../../schema/audit/audit-action.enum.ts';

/** What an entry says; its time is epoch milliseconds. */
export interface AuditRecord {
  readonly id: string;
  readonly tenantId: string;
  readonly at: number;
  readonly credentialId: string;
  readonly userId: string | null;
  readonly action: AuditAction;
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** An entry in its place: entries of a tenant are numbered from 1, without a gap. */
export interface ChainedRecord extends AuditRecord {
  readonly sequence: number;
  readonly hash: string;
}

/** Where a tenant's chain ends. Only who has the server's secret key can make the seal. */
export interface ChainHead {
  readonly sequence: number;
  readonly hash: string;
  readonly seal: string;
}

/** The first thing found that is not as it was written. */
export interface ChainBreak {
  readonly sequence: number;
  readonly id: string | null;
  readonly problem: string;
}

/** What the first entry of a chain follows. */
export const genesis = '0'.repeat(64);

/** SHA-256, in hexadecimal digits, over the hash of the entry before and all that the entry says. */
export function hashOf(previous: string, sequence: number, record: AuditRecord): string {
  const { id, tenantId, at, credentialId, userId, action, subject, details } = record;
  const said = JSON.stringify([sequence, id, tenantId, at, credentialId, userId, action, subject, sorted(details)]);
  return hash('sha256', `${previous}\n${said}`, 'hex');
}

/** PostgreSQL keeps the members of a JSON object in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

/** Seals the ends of chains with a key made of the server's secret key. */
export class ChainSeal {
  readonly #key: Buffer;

  constructor(secretKey: string) {
    this.#key = Buffer.from(hkdfSync('sha256', secretKey, '', 'tocsin audit chain', 32));
  }

  of(tenantId: string, sequence: number, hash: string): string {
    return createHmac('sha256', this.#key).update(`${tenantId}\n${sequence}\n${hash}`).digest('hex');
  }

  fits(tenantId: string, { sequence, hash, seal }: ChainHead): boolean {
    return this.of(tenantId, sequence, hash) === seal;
  }
}

/**
 * Follows the chain of a tenant from its first entry on. Give it the entries in their order, and then the head as it is once there
 * are no more; it tells of the first break and is done with.
 */
export class ChainVerifier {
  readonly #tenantId: string;
  readonly #seal: ChainSeal;
  #sequence = 0;
  #hash = genesis;

  constructor(tenantId: string, seal: ChainSeal) {
    this.#tenantId = tenantId;
    this.#seal = seal;
  }

  /** Entries that were found whole. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Null when the entry is the next of the chain. */
  next({ sequence, hash, ...record }: ChainedRecord): ChainBreak | null {
    const expected = this.#sequence + 1;
    const broken = (problem: string) => ({ sequence, id: record.id, problem });
    if (sequence > expected) return { sequence: expected, id: null, problem: 'is missing' };
    if (sequence !== expected) return broken('stands in the place of another');
    if (record.tenantId !== this.#tenantId) return broken('belongs to another tenant');
    if (hashOf(this.#hash, sequence, record) !== hash) return broken('is not what was written after the one before it');
    this.#sequence = sequence;
    this.#hash = hash;
    return null;
  }

  /** Null when the entries seen so far are all that the head knows of. */
  end(head: ChainHead | null): ChainBreak | null {
    if (head === null) {
      const isEmpty = this.#sequence === 0;
      return isEmpty ? null : { sequence: 1, id: null, problem: 'is the first of a chain whose head is missing' };
    }
    if (!this.#seal.fits(this.#tenantId, head)) {
      return { sequence: head.sequence, id: null, problem: "is what the head says, but the head is not this server's" };
    }
    if (head.sequence > this.#sequence) {
      return { sequence: this.#sequence + 1, id: null, problem: `is missing, and all after it up to ${head.sequence}` };
    }
    if (head.sequence < this.#sequence) {
      return { sequence: head.sequence + 1, id: null, problem: 'was not written by this server' };
    }
    if (head.hash !== this.#hash) {
      return { sequence: head.sequence, id: null, problem: 'is not the one that the head was made for' };
    }
    return null;
  }
}
