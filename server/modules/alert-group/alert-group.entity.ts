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
    count: p.bigint('number'),
    firstSeen: p.bigint('number'),
    lastSeen: p.bigint('number'),
    lastAlertId: p.bigint('number'),
    /** Set when triage closes the group: it takes no more alerts. */
    closedAt: p.bigint('number').nullable(),
  },
  indexes: [{ name: 'alert_group_activity', properties: ['tenantId', 'lastAlertId'] }],
  uniques: [{ name: 'alert_group_open', properties: ['tenantId', 'fingerprint'], where: 'closed_at is null' }],
});
