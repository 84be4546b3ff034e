import { type Body, readText } from '../../kernel/json-body.ts';
import { readInteger, readOptionalText } from '../wire/body.ts';
import type { FilterFields } from '../wire/filters.ts';
import type { Sorting } from '../wire/sorting.ts';

/** A network as operations answer it, by the fields of `networkFields`. */
export interface NetworkRow {
  readonly id: string;
  readonly name: string;
  readonly cidr: string;
  readonly gatewayIp: string | null;
  readonly gatewayMac: string | null;
  readonly newDeviceLevel: number;
}

export const networkFields = 'id name cidr gatewayIp gatewayMac newDeviceLevel';

export const networkFilters: FilterFields = new Map([
  ['name', { to: 'name', of: 'string' }],
  ['cidr', { to: 'cidr', of: 'string' }],
  ['gateway_ip', { to: 'gatewayIp', of: 'string' }],
  ['gateway_mac', { to: 'gatewayMac', of: 'string' }],
  ['alert', { to: 'newDeviceLevel', of: 'integer' }],
]);

export const networkSorting: Sorting = {
  fields: new Map([
    ['id', 'ID'],
    ['name', 'NAME'],
    ['cidr', 'CIDR'],
    ['gateway_ip', 'GATEWAY_IP'],
    ['gateway_mac', 'GATEWAY_MAC'],
    ['alert', 'NEW_DEVICE_LEVEL'],
  ]),
  fallback: 'NAME',
  order: 'ASC',
};

/** What a body says of a network; what it leaves out is undefined. */
export function readNetwork(body: Body) {
  return {
    name: readText(body, 'name'),
    cidr: readText(body, 'cidr'),
    gatewayIp: readOptionalText(body, 'gateway_ip'),
    gatewayMac: readOptionalText(body, 'gateway_mac'),
    newDeviceLevel: readInteger(body, 'alert'),
  };
}

export function toNetwork({ id, name, cidr, gatewayIp, gatewayMac, newDeviceLevel }: NetworkRow) {
  return {
    id: Number(id),
    name,
    cidr,
    gateway_ip: gatewayIp ?? '',
    gateway_mac: gatewayMac ?? '',
    alert: newDeviceLevel,
  };
}
