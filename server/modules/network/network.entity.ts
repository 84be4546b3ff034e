import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/** A range of addresses that people have named. */
export const networkSchema = defineEntity({
  name: 'Network',
  properties: {
    id: p.type(RowNumber).primary().autoincrement(),
    tenantId: p.uuid(),
    name: p.text(),
    cidr: p.text(),
    /** First and last address of the range as numbers that sort, and how many bits of 128 it fixes. */
    lowKey: p.uuid(),
    highKey: p.uuid(),
    prefix: p.smallint(),
    gatewayIp: p.text().nullable(),
    gatewayMac: p.text().nullable(),
    newDeviceLevel: p.smallint().default(0),
  },
  uniques: [
    { name: 'network_name', properties: ['tenantId', 'name'] },
    { name: 'network_cidr', properties: ['tenantId', 'cidr'] },
  ],
});

export class Network extends networkSchema.class {}
networkSchema.setClass(Network);
