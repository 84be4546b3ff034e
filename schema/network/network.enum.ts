import { registerEnumType } from '../enums.ts';

/** What networks can be ordered by. */
export const NetworkOrderField = {
  ID: 'ID',
  NAME: 'NAME',
  CIDR: 'CIDR',
  GATEWAY_IP: 'GATEWAY_IP',
  GATEWAY_MAC: 'GATEWAY_MAC',
  NEW_DEVICE_LEVEL: 'NEW_DEVICE_LEVEL',
} as const;

export type NetworkOrderField = (typeof NetworkOrderField)[keyof typeof NetworkOrderField];

registerEnumType(NetworkOrderField, {
  name: 'NetworkOrderField',
  description: 'What networks are ordered by.',
  valuesConfig: {
    ID: { description: 'Their numbers.' },
    NAME: { description: 'What people call them.' },
    CIDR: { description: 'Their first addresses as numbers, then how narrow they are.' },
    GATEWAY_IP: { description: 'Addresses of their gateways as numbers; those without one come first.' },
    GATEWAY_MAC: { description: 'Hardware addresses of their gateways; those without one come first.' },
    NEW_DEVICE_LEVEL: { description: 'How loud a new device in them is.' },
  },
});
