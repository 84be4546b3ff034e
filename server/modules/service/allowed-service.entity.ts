import { defineEntity, p } from '@mikro-orm/core';

/** A port on which people let a host answer, whether or not it was seen to. */
export const allowedServiceSchema = defineEntity({
  name: 'AllowedService',
  properties: {
    tenantId: p.uuid().primary(),
    ipKey: p.uuid().primary(),
    proto: p.text().primary(),
    port: p.integer().primary(),
    ip: p.text(),
    allowedAt: p.bigint('number'),
  },
});
