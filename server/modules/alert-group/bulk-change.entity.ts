import { defineEntity, p } from '@mikro-orm/core';
import type { AlertGroupFilter } from '../../../schema/alert-group/alert-group.input.ts';
import type { BulkChangeStatus } from '../../../schema/alert-group/bulk-change.enum.ts';
import type { AlertGroupChange } from '../../../schema/alert-group/triage.input.ts';

/** One change of many groups. Times are epoch milliseconds. */
export const bulkChangeSchema = defineEntity({
  name: 'BulkChange',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    userId: p.uuid().nullable(),
    credentialId: p.string(),
    filter: p.json().$type<AlertGroupFilter>(),
    change: p.json().$type<AlertGroupChange>(),
    status: p.string().$type<BulkChangeStatus>(),
    total: p.integer(),
    changed: p.integer(),
    undone: p.integer(),
    kept: p.integer(),
    /** The last group worked on, in the order of their ids; null: none yet. */
    place: p.uuid().nullable(),
    /** The newest group when it was asked for: later ones are none of its business. */
    until: p.uuid(),
    createdAt: p.bigint('number'),
    finishedAt: p.bigint('number').nullable(),
    /** The process at work on it, and until when that is believed to live. */
    worker: p.string().nullable(),
    leaseUntil: p.bigint('number').nullable(),
  },
  indexes: [{ name: 'bulk_change_work', properties: ['status', 'leaseUntil'] }],
});

/** What a group was before a bulk change, so that this can be taken back. */
export const bulkChangeItemSchema = defineEntity({
  name: 'BulkChangeItem',
  properties: {
    bulkChangeId: p.uuid().primary(),
    groupId: p.uuid().primary(),
    tenantId: p.uuid(),
    status: p.string(),
    verdict: p.string().nullable(),
    assigneeId: p.uuid().nullable(),
    quietSeverity: p.smallint().nullable(),
    closedAt: p.bigint('number').nullable(),
    /** The version that the change made. */
    version: p.integer(),
  },
});
