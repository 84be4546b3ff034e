import { defineEntity, p } from '@mikro-orm/core';
import type { IngestFormat } from '../../../schema/ingest/ingest-format.enum.ts';

/** Input that could not be accepted, kept with the reason. */
export const rejectedEventSchema = defineEntity({
  name: 'RejectedEvent',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    intakeId: p.uuid(),
    receivedAt: p.bigint('number'),
    reason: p.text(),
    raw: p.text(),
    /** How it was declared to be written; null where nobody did, and of before this was kept. */
    format: p.string().$type<IngestFormat>().nullable(),
  },
  indexes: [{ name: 'rejected_event_arrival', properties: ['tenantId', 'id'] }],
});
