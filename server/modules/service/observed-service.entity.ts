import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/** A port on which a host was seen to answer. */
export const observedServiceSchema = defineEntity({
  name: 'ObservedService',
  properties: {
    id: p.type(RowNumber).primary().autoincrement(),
    tenantId: p.uuid(),
    ip: p.text(),
    ipKey: p.uuid(),
    proto: p.text(),
    port: p.integer(),
    firstSeen: p.bigint('number'),
    lastSeen: p.bigint('number'),
  },
  uniques: [{ name: 'observed_service_port', properties: ['tenantId', 'ipKey', 'proto', 'port'] }],
});
