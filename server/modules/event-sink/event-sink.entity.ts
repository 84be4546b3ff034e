import { defineEntity, p } from '@mikro-orm/core';
import type { EventSinkKind } from '../../../schema/event-sink/event-sink.enum.ts';
import type {
  EventSinkConfigurationValue,
  EventSinkFilterType,
  EventSinkTest,
} from '../../../schema/event-sink/event-sink.type.ts';
import type { Severity } from '../../../schema/severity.enum.ts';

/** How it went to try a sink out, and when, in epoch milliseconds. */
export type KeptTest = EventSinkTest & { readonly at: number };

/** Somebody to be told of a tenant's alerts. Times are epoch milliseconds. */
export const eventSinkSchema = defineEntity({
  name: 'EventSink',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    name: p.text(),
    description: p.text(),
    /** Always that of `configuration`. */
    kind: p.text().$type<EventSinkKind>(),
    configuration: p.json().$type<EventSinkConfigurationValue>(),
    /** `SinkSecrets`, sealed to the id of the row. */
    sealedSecrets: p.text(),
    isEnabled: p.boolean(),
    switchedOffReason: p.text().nullable(),
    minSeverity: p.smallint().$type<Severity>(),
    filter: p.json().$type<EventSinkFilterType>(),
    digestSeconds: p.integer(),
    maxPerHour: p.integer().nullable(),
    lastTest: p.json().$type<KeptTest>().nullable(),
    createdAt: p.bigint('number'),
    updatedAt: p.bigint('number'),
  },
  indexes: [{ name: 'event_sink_tenant', properties: ['tenantId', 'id'] }],
});

export class EventSink extends eventSinkSchema.class {}
eventSinkSchema.setClass(EventSink);
