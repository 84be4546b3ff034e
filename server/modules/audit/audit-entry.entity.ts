import { defineEntity, p } from '@mikro-orm/core';
import type { AuditAction } from '../../../schema/audit/audit-action.enum.ts';

/** Something that somebody did, written in the transaction that did it, and never touched again. */
export const auditEntrySchema = defineEntity({
  name: 'AuditEntry',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    at: p.bigint('number'),
    /** No foreign key, and no UUID: some callers are parts of the server, and an entry outlives its credential. */
    credentialId: p.string(),
    userId: p.uuid().nullable(),
    action: p.string().$type<AuditAction>(),
    subject: p.text(),
    details: p.json().$type<Readonly<Record<string, unknown>>>(),
    /** Its place in the tenant's chain, from 1, and the hash there; null only until entries of before there were chains are chained. */
    sequence: p.bigint('number').nullable(),
    hash: p.string().nullable(),
  },
  indexes: [
    { name: 'audit_entry_at', properties: ['tenantId', 'at'] },
    { name: 'audit_entry_action', properties: ['tenantId', 'action', 'sequence'] },
    { name: 'audit_entry_credential', properties: ['tenantId', 'credentialId', 'sequence'] },
    { name: 'audit_entry_user', properties: ['tenantId', 'userId', 'sequence'] },
    { name: 'audit_entry_subject', properties: ['tenantId', 'subject', 'sequence'] },
  ],
  uniques: [{ name: 'audit_entry_order', properties: ['tenantId', 'sequence'] }],
});

/** The end of each tenant's chain, sealed. */
export const auditHeadSchema = defineEntity({
  name: 'AuditHead',
  properties: {
    tenantId: p.uuid().primary(),
    sequence: p.bigint('number'),
    hash: p.string(),
    seal: p.string(),
  },
});
