import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/**
 * One accepted record. Rows are written by the journal in prepared statements and read by EventRepository;
 * `seq` is given in commit order and never again.
 */
export const eventSchema = defineEntity({
  name: 'Event',
  properties: {
    seq: p.type(RowNumber).primary().autoincrement(false),
    id: p.uuid().unique('event_id'),
    tenantId: p.uuid(),
    intakeId: p.uuid(),
    occurredAt: p.bigint('number'),
    receivedAt: p.bigint('number'),
    format: p.string(),
    host: p.text().nullable(),
    app: p.text().nullable(),
    severity: p.smallint(),
    isAlert: p.boolean(),
    title: p.text().nullable(),
    message: p.text(),
    raw: p.text(),
    /** The sender's own id of it. */
    externalId: p.text().nullable(),
    /** Hash of the raw text, kept where there is an external id: the two tell a resend from another event. */
    digest: p.text().nullable(),
    /** The addresses it tells of, as `ipKey` has them. */
    sourceKey: p.uuid().nullable(),
    destinationKey: p.uuid().nullable(),
  },
  indexes: [{ name: 'event_arrival', properties: ['tenantId', 'seq'] }],
  uniques: [
    {
      name: 'event_resend',
      properties: ['externalId', 'intakeId', 'digest'],
      where: 'external_id is not null',
    },
  ],
});
