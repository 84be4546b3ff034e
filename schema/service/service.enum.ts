import { registerEnumType } from '../enums.ts';

/** What services can be ordered by. */
export const ServiceOrderField = {
  ID: 'ID',
  SERVICE_IP: 'SERVICE_IP',
  PROTO: 'PROTO',
  PORT: 'PORT',
  FIRST_SEEN: 'FIRST_SEEN',
  LAST_SEEN: 'LAST_SEEN',
  AUTHORIZED: 'AUTHORIZED',
} as const;

export type ServiceOrderField = (typeof ServiceOrderField)[keyof typeof ServiceOrderField];

registerEnumType(ServiceOrderField, {
  name: 'ServiceOrderField',
  description: 'What services are ordered by; a host stands where the first of its ports does.',
  valuesConfig: {
    ID: { description: 'Their numbers.' },
    SERVICE_IP: { description: 'Addresses as numbers, then transports and ports.' },
    PROTO: { description: 'Their transports.' },
    PORT: { description: 'Their ports.' },
    FIRST_SEEN: { description: 'When they were first seen to answer.' },
    LAST_SEEN: { description: 'When they were last seen to answer.' },
    AUTHORIZED: { description: 'Those not authorized before those that are.' },
  },
});
