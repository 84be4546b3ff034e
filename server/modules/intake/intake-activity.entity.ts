import { defineEntity, p } from '@mikro-orm/core';

/**
 * What has come by an intake, one row each, kept in the commits that store it. `windowEvents` counts the events received in the
 * window of the number `windowNo`, `previousEvents` those of the window before: together they tell the rate of late.
 */
export const intakeActivitySchema = defineEntity({
  name: 'IntakeActivity',
  properties: {
    intakeId: p.uuid().primary(),
    tenantId: p.uuid(),
    events: p.bigint('number'),
    rejected: p.bigint('number'),
    /** Messages lost for lack of room. */
    dropped: p.bigint('number'),
    lastEventAt: p.bigint('number').nullable(),
    lastRejectedAt: p.bigint('number').nullable(),
    lastRejectedId: p.uuid().nullable(),
    windowNo: p.bigint('number'),
    windowEvents: p.bigint('number'),
    previousEvents: p.bigint('number'),
  },
});
