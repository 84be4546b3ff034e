import { defineEntity, p } from '@mikro-orm/core';
import type { AuditAction } from '../../../schema/audit/audit-entry.type.ts';

/** Something that somebody did, written in the transaction that did it. */
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
  },
  indexes: [{ name: 'audit_entry_order', properties: ['tenantId', 'id'] }],
});
