import { defineEntity, p } from '@mikro-orm/core';

/**
 * The outbox: one notification to one sink about one alert group, or one that still gathers. Only the router makes rows and changes those
 * that gather; only a dispatcher that holds the claim changes one that is queued. Times are epoch milliseconds.
 */
export const deliverySchema = defineEntity({
  name: 'Delivery',
  properties: {
    /** The same over all attempts: receivers tell repeats by it. */
    id: p.uuid().primary(),
    /** Grows by one with every delivery: the order of lists, and what the feed calls it. */
    number: p.bigint('number').unique(),
    tenantId: p.uuid(),
    sinkId: p.uuid(),
    groupId: p.uuid(),
    reason: p.string(),
    status: p.string(),
    /** The latest alert that it tells of. */
    alertId: p.bigint('number'),
    alertCount: p.bigint('number'),
    /** The worst among the alerts it tells of. */
    severity: p.smallint(),
    createdAt: p.bigint('number'),
    /** When what is gathered is to be told, when the next attempt is due, or when a claim runs out; null: nothing is to come. */
    dueAt: p.bigint('number').nullable(),
    /** When it was queued first, which is what a sink's limit counts; null: it still gathers. */
    toldAt: p.bigint('number').nullable(),
    /** The first attempt of the schedule that runs. */
    startedAt: p.bigint('number').nullable(),
    /** Attempts in all. */
    attempts: p.integer(),
    /** Attempts of the schedule that runs. */
    spent: p.integer(),
    /** By whom an attempt is being made. */
    claim: p.uuid().nullable(),
  },
  indexes: [
    { name: 'delivery_arrival', properties: ['tenantId', 'number'] },
    { name: 'delivery_group', properties: ['groupId', 'number'] },
    { name: 'delivery_told', properties: ['sinkId', 'toldAt'] },
    { name: 'delivery_queue', properties: ['status', 'sinkId', 'dueAt'] },
    { name: 'delivery_due', properties: ['status', 'dueAt'] },
  ],
});

/** One try to send a delivery. */
export const deliveryAttemptSchema = defineEntity({
  name: 'DeliveryAttempt',
  properties: {
    deliveryId: p.uuid().primary(),
    number: p.integer().primary(),
    tenantId: p.uuid(),
    at: p.bigint('number'),
    result: p.string(),
    /** HTTP's or SMTP's; null: nothing was answered. */
    status: p.integer().nullable(),
    durationMs: p.integer(),
    error: p.text().nullable(),
  },
});
