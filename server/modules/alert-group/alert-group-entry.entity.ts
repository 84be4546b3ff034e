import { defineEntity, p } from '@mikro-orm/core';
import type { AlertStatus, Verdict } from '../../../schema/alert-group/alert-group.enum.ts';

/** A step of the triage of a group, written in the transaction that made it. */
export const alertGroupEntrySchema = defineEntity({
  name: 'AlertGroupEntry',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    groupId: p.uuid(),
    at: p.bigint('number'),
    userId: p.uuid().nullable(),
    credentialId: p.string(),
    statusBefore: p.string().$type<AlertStatus>(),
    statusAfter: p.string().$type<AlertStatus>(),
    verdictBefore: p.string().$type<Verdict>().nullable(),
    verdictAfter: p.string().$type<Verdict>().nullable(),
    assigneeIdBefore: p.uuid().nullable(),
    assigneeIdAfter: p.uuid().nullable(),
    note: p.text().nullable(),
    bulkChangeId: p.uuid().nullable(),
  },
  indexes: [{ name: 'alert_group_entry_order', properties: ['tenantId', 'groupId', 'id'] }],
});
