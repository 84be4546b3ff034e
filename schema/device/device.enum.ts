import { registerEnumType } from '../enums.ts';

/** What a numbered page of devices can be ordered by. */
export const DeviceOrderField = {
  LAST_IP: 'LAST_IP',
  HOSTNAME: 'HOSTNAME',
  FRIENDLY_NAME: 'FRIENDLY_NAME',
  MAC: 'MAC',
  VENDOR: 'VENDOR',
  IS_GATEWAY: 'IS_GATEWAY',
  ADDRESS_COUNT: 'ADDRESS_COUNT',
  FIRST_SEEN: 'FIRST_SEEN',
  LAST_SEEN: 'LAST_SEEN',
} as const;

export type DeviceOrderField = (typeof DeviceOrderField)[keyof typeof DeviceOrderField];

registerEnumType(DeviceOrderField, {
  name: 'DeviceOrderField',
  description: 'What devices are ordered by; those that lack it come first.',
  valuesConfig: {
    LAST_IP: { description: 'Their last addresses as numbers.' },
    HOSTNAME: { description: 'The names they were last seen under.' },
    FRIENDLY_NAME: { description: 'The names that people gave them.' },
    MAC: { description: 'Their hardware addresses.' },
    VENDOR: { description: 'Their makers.' },
    IS_GATEWAY: { description: 'Whether they are gateways: those that are not come first.' },
    ADDRESS_COUNT: { description: 'How many addresses they were seen at.' },
    FIRST_SEEN: { description: 'When they were first seen.' },
    LAST_SEEN: { description: 'When they were last seen.' },
  },
});
