import { defineEntity, p } from '@mikro-orm/core';

/** The alerts that share a fingerprint; at most one group of a fingerprint is open at a time. */
export const alertGroupSchema = defineEntity({
  name: 'AlertGroup',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    fingerprint: p.text(),
    kind: p.string(),
    severity: p.smallint(),
    type: p.text(),
    title: p.text(),
    status: p.string().default('NEW'),
    verdict: p.string().nullable(),
    assigneeId: p.uuid().nullable(),
    /** The status holds while the group is no worse than this; null: whatever becomes of the group. */
    quietSeverity: p.smallint().nullable(),
    /** Grows with every change of its triage. */
    version: p.integer().default(1),
    /** The group of the same fingerprint that was closed before this one opened. */
    predecessorId: p.uuid().nullable(),
    count: p.bigint('number'),
    firstSeen: p.bigint('number'),
    lastSeen: p.bigint('number'),
    lastAlertId: p.bigint('number'),
    /** Set when triage closes the group: it takes no more alerts, also when it is opened again after another has followed it. */
    closedAt: p.bigint('number').nullable(),
  },
  indexes: [
    { name: 'alert_group_activity', properties: ['tenantId', 'lastAlertId'] },
    { name: 'alert_group_line', properties: ['tenantId', 'fingerprint', 'id'] },
  ],
  uniques: [{ name: 'alert_group_open', properties: ['tenantId', 'fingerprint'], where: 'closed_at is null' }],
});
