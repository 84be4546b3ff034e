import { defineEntity, p } from '@mikro-orm/core';
import { recordColumns, recordOrder } from '../../persistence/record-columns.ts';

/** Measurements of an appliance, or of one of its interfaces, at one moment. */
export const telemetrySampleSchema = defineEntity({
  name: 'TelemetrySample',
  properties: {
    ...recordColumns(),
    interface: p.text().nullable(),
    /** A JSON object of numbers. */
    metrics: p.text(),
  },
  indexes: recordOrder('telemetry_sample'),
});
