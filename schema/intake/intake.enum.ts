import { registerEnumType } from '../enums.ts';

/** The door that the events of an intake come in by. */
export const IntakeKind = {
  WEBHOOK: 'WEBHOOK',
  HTTPS_INTAKE: 'HTTPS_INTAKE',
  EDGE_DEVICE: 'EDGE_DEVICE',
  SYSLOG: 'SYSLOG',
  API: 'API',
  INTERNAL: 'INTERNAL',
} as const;

export type IntakeKind = (typeof IntakeKind)[keyof typeof IntakeKind];

registerEnumType(IntakeKind, {
  name: 'IntakeKind',
  description: 'The door that the events of an intake come in by.',
  valuesConfig: {
    WEBHOOK: { description: 'Webhooks of a security tool, opened by an ingest key.' },
    HTTPS_INTAKE: { description: 'Log lines and JSON over HTTPS, opened by an intake key.' },
    EDGE_DEVICE: { description: 'Reports of an edge device, opened by a device key.' },
    SYSLOG: { description: 'The syslog listener, which knows no keys.' },
    API: { description: 'This API, opened by an API token.' },
    INTERNAL: { description: 'What Tocsin itself has to tell.' },
  },
});
