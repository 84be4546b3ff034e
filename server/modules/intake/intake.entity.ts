import { defineEntity, p } from '@mikro-orm/core';
import { Tenant } from '../tenant/tenant.entity.ts';

/** A named stream of events of one tenant. */
export const intakeSchema = defineEntity({
  name: 'Intake',
  properties: {
    id: p.uuid().primary(),
    tenant: () => p.manyToOne(Tenant),
    name: p.string(),
    createdAt: p.bigint('number'),
    /** What an edge device said of itself when it registered. */
    location: p.string().nullable(),
    deviceType: p.string().nullable(),
  },
  uniques: [{ properties: ['tenant', 'name'] }],
});

export class Intake extends intakeSchema.class {}
intakeSchema.setClass(Intake);
