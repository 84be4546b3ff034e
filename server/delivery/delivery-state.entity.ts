import { defineEntity, p } from '@mikro-orm/core';

/** One row: how far the feed has been routed. Whoever routes holds it locked, so that one node does at a time. */
export const deliveryRouterSchema = defineEntity({
  name: 'DeliveryRouter',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    feedCursor: p.bigint('number'),
    /** The last number given to a delivery. */
    deliveryNumber: p.bigint('number'),
  },
});

/** The state of a sink's breaker and of its outage; see breaker.ts. Times are epoch milliseconds. */
export const sinkHealthSchema = defineEntity({
  name: 'SinkHealth',
  properties: {
    sinkId: p.uuid().primary(),
    tenantId: p.uuid(),
    /** JSON: how the latest attempts ended. */
    recent: p.text(),
    openUntil: p.bigint('number').nullable(),
    trips: p.integer(),
    probeUntil: p.bigint('number').nullable(),
    notBefore: p.bigint('number').nullable(),
    failingSince: p.bigint('number').nullable(),
  },
});
