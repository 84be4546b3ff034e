import { defineEntity, p } from '@mikro-orm/core';
import { RowNumber } from '../../persistence/row-number.ts';

/**
 * A host of a tenant, told apart by its hardware address where one is known, else by its address. The journal writes all but the
 * friendly name, which is people's.
 */
export const deviceSchema = defineEntity({
  name: 'Device',
  properties: {
    id: p.type(RowNumber).primary().autoincrement(),
    tenantId: p.uuid(),
    mac: p.text().nullable(),
    /** The address it was last seen at, as text and as a number that sorts. */
    lastIp: p.text().nullable(),
    lastIpKey: p.uuid(),
    lastIpAt: p.bigint('number'),
    hostname: p.text().nullable(),
    hostnameAt: p.bigint('number'),
    friendlyName: p.text().nullable(),
    vendor: p.text().nullable(),
    vendorAt: p.bigint('number'),
    firstSeen: p.bigint('number'),
    lastSeen: p.bigint('number'),
  },
  indexes: [{ name: 'device_address_order', properties: ['tenantId', 'lastIpKey', 'id'] }],
  uniques: [{ name: 'device_mac', properties: ['tenantId', 'mac'], where: 'mac is not null' }],
});

/** Every address a device was seen at. */
export const deviceAddressSchema = defineEntity({
  name: 'DeviceAddress',
  properties: {
    deviceId: p.type(RowNumber).primary().autoincrement(false),
    ip: p.text().primary(),
    tenantId: p.uuid(),
    firstSeen: p.bigint('number'),
    lastSeen: p.bigint('number'),
  },
  indexes: [{ name: 'device_address_holder', properties: ['tenantId', 'ip'] }],
});
