import { defineEntity, p } from '@mikro-orm/core';

/**
 * One row: the last numbers given to events and feed steps. Every commit of the journal updates it first, so commits of several
 * nodes on PostgreSQL take turns and a cursor never becomes visible out of order.
 */
export const journalHeadSchema = defineEntity({
  name: 'JournalHead',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    eventSeq: p.bigint('number'),
    feedCursor: p.bigint('number'),
  },
});

/** Exact row counts of a tenant, kept in the commit that changes them, so that no list ever runs `count(*)`. */
export const counterSchema = defineEntity({
  name: 'Counter',
  properties: {
    tenantId: p.uuid().primary(),
    name: p.string().primary(),
    value: p.bigint('number'),
  },
});
