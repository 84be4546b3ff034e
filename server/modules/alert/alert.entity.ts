import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/** One detection; its id is the `seq` of the event it was made from, which holds its title and message. */
export const alertSchema = defineEntity({
  name: 'Alert',
  properties: {
    id: p.type(RowNumber).primary().autoincrement(false),
    tenantId: p.uuid(),
    groupId: p.uuid(),
    kind: p.string(),
    occurredAt: p.bigint('number'),
    severity: p.smallint(),
    type: p.text(),
    agent: p.text().nullable(),
    agentName: p.text().nullable(),
    sourceIp: p.text().nullable(),
    sourceMac: p.text().nullable(),
    sourcePort: p.integer().nullable(),
    destinationIp: p.text().nullable(),
    destinationMac: p.text().nullable(),
    destinationPort: p.integer().nullable(),
  },
  indexes: [
    { name: 'alert_arrival', properties: ['tenantId', 'id'] },
    { name: 'alert_member', properties: ['groupId', 'severity', 'id'] },
    { name: 'alert_occurred', properties: ['tenantId', 'kind', 'occurredAt', 'id'] },
    { name: 'alert_severity', properties: ['tenantId', 'kind', 'severity', 'id'] },
  ],
});
