import { defineEntity, p } from '@mikro-orm/core';

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
  },
  indexes: [{ name: 'rejected_event_arrival', properties: ['tenantId', 'id'] }],
});
