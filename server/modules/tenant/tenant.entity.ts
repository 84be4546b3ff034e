import { defineEntity, p } from '@mikro-orm/core';

/** An organization: whose events, alerts and keys these are. Times are epoch milliseconds. */
export const tenantSchema = defineEntity({
  name: 'Tenant',
  properties: {
    id: p.uuid().primary(),
    name: p.string().unique(),
    /** Events of this severity and above raise an alert. */
    alertThreshold: p.smallint().default(2),
    /** Whether reports of backups are processed, or only kept as events. */
    backupModule: p.boolean().default(true),
    createdAt: p.bigint('number'),
  },
});

export class Tenant extends tenantSchema.class {}
tenantSchema.setClass(Tenant);
