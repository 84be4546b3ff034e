import { defineEntity, p } from '@mikro-orm/core';

/** How long a tenant keeps a data set; without a row the default holds. Times are epoch milliseconds. */
export const retentionRuleSchema = defineEntity({
  name: 'RetentionRule',
  properties: {
    tenantId: p.uuid().primary(),
    dataSet: p.string().primary(),
    keepDays: p.integer().nullable(),
    keepBytes: p.bigint('number').nullable(),
    updatedAt: p.bigint('number'),
  },
});

/** What was deleted of a data set and is not yet told of in the audit log. */
export const retentionRunSchema = defineEntity({
  name: 'RetentionRun',
  properties: {
    tenantId: p.uuid().primary(),
    dataSet: p.string().primary(),
    deleted: p.bigint('number'),
    captures: p.bigint('number'),
    sums: p.bigint('number'),
  },
});

/** One row: the process that deletes, until when that is believed to live, and when the last run began. */
export const retentionWorkerSchema = defineEntity({
  name: 'RetentionWorker',
  properties: {
    id: p.smallint().primary().autoincrement(false),
    worker: p.string().nullable(),
    leaseUntil: p.bigint('number'),
    runAt: p.bigint('number'),
  },
});

/** Where the journal stood at a time: neither the steps of the feed nor all that comes with events have a time of their own. */
export const journalMarkSchema = defineEntity({
  name: 'JournalMark',
  properties: {
    at: p.bigint('number').primary().autoincrement(false),
    eventSeq: p.bigint('number'),
    feedCursor: p.bigint('number'),
  },
});

/** The place in a feed up to which a tenant's steps have been deleted. */
export const feedFloorSchema = defineEntity({
  name: 'FeedFloor',
  properties: {
    tenantId: p.uuid().primary(),
    /** `steps`: the feed; `events`: the events, which are one of their own. */
    feed: p.string().primary(),
    place: p.bigint('number'),
  },
});
