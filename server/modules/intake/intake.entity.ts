import { defineEntity, p } from '@mikro-orm/core';
import type { IntakeKind } from '../../../schema/intake/intake.enum.ts';
import { Tenant } from '../tenant/tenant.entity.ts';

/** A named stream of events of one tenant. */
export const intakeSchema = defineEntity({
  name: 'Intake',
  properties: {
    id: p.uuid().primary(),
    tenant: () => p.manyToOne(Tenant),
    name: p.string(),
    kind: p.string().$type<IntakeKind>().default('API'),
    createdAt: p.bigint('number'),
    /** What an edge device said of itself when it registered. */
    location: p.string().nullable(),
    deviceType: p.string().nullable(),
    /** Whether its silence, or that of a host in it, raises an alert. */
    isWatched: p.boolean().default(true),
    /** The silence of the whole intake that raises an alert; null: as its learned rhythm says. */
    silenceAfterSeconds: p.integer().nullable(),
  },
  uniques: [{ properties: ['tenant', 'name'] }],
});

export class Intake extends intakeSchema.class {}
intakeSchema.setClass(Intake);
