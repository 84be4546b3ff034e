import { defineEntity, p } from '@mikro-orm/core';

/** Consecutive alerts of a group of which a sink was told, or not told, for the same reason. */
export const notificationEpisodeSchema = defineEntity({
  name: 'NotificationEpisode',
  properties: {
    groupId: p.uuid().primary(),
    sinkId: p.uuid().primary(),
    fromAlert: p.bigint('number').primary(),
    toAlert: p.bigint('number'),
    tenantId: p.uuid(),
    count: p.bigint('number'),
    firstAt: p.bigint('number'),
    lastAt: p.bigint('number'),
    outcome: p.string(),
    /** The delivery that tells of them, or will. */
    deliveryId: p.uuid().nullable(),
    /** The silence that kept them back. */
    silenceId: p.uuid().nullable(),
  },
});

/** Where a sink stands with an alert group: what it was told last, what gathers, and the episode that goes on. */
export const sinkGroupSchema = defineEntity({
  name: 'SinkGroup',
  properties: {
    groupId: p.uuid().primary(),
    sinkId: p.uuid().primary(),
    tenantId: p.uuid(),
    toldSeverity: p.smallint().nullable(),
    toldAt: p.bigint('number').nullable(),
    gatheringId: p.uuid().nullable(),
    fromAlert: p.bigint('number'),
  },
});
