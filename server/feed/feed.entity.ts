import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../persistence/row-number.ts';

/** One step of the append-only feed that everything live reads; cursors grow in commit order, on PostgreSQL too. */
export const feedSchema = defineEntity({
  name: 'Feed',
  properties: {
    cursor: p.type(RowNumber).primary().autoincrement(false),
    tenantId: p.uuid(),
    topic: p.string(),
    /** What it is about: for `alertRaised` the alert's id, for `deviceChanged` the device's; 0 where `subjectId` says it. */
    subject: p.bigint('number'),
    /** For `alertGroupChanged` the group; null: `subject` groups have changed at once. */
    subjectId: p.uuid().nullable(),
  },
});
