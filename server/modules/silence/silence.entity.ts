import { defineEntity, p } from '@mikro-orm/core';
import type { SilenceMatcherType, SilenceRecurrenceType } from '../../../schema/silence/silence.type.ts';

/** Notifications held back for a while. Times are epoch milliseconds. */
export const silenceSchema = defineEntity({
  name: 'Silence',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    matchers: p.json().$type<readonly SilenceMatcherType[]>(),
    startsAt: p.bigint('number'),
    endsAt: p.bigint('number'),
    recurrence: p.json().$type<SilenceRecurrenceType | null>().nullable(),
    reason: p.text(),
    /** The user who made it; null: nobody's API token did. */
    createdBy: p.uuid().nullable(),
    createdAt: p.bigint('number'),
    updatedAt: p.bigint('number'),
  },
  indexes: [
    { name: 'silence_tenant', properties: ['tenantId', 'id'] },
    { name: 'silence_end', properties: ['tenantId', 'endsAt'] },
  ],
});

export class Silence extends silenceSchema.class {}
silenceSchema.setClass(Silence);
