import { registerEnumType } from '../enums.ts';

/** What a credential opens: an intake's sender, an edge device, the registration of such devices, the API to programs, or the API to a person who has signed in. */
export const CredentialKind = {
  INGEST_KEY: 'INGEST_KEY',
  INTAKE_KEY: 'INTAKE_KEY',
  DEVICE_KEY: 'DEVICE_KEY',
  PROVISIONING_KEY: 'PROVISIONING_KEY',
  API_TOKEN: 'API_TOKEN',
  SESSION: 'SESSION',
} as const;

export type CredentialKind = (typeof CredentialKind)[keyof typeof CredentialKind];

registerEnumType(CredentialKind, {
  name: 'CredentialKind',
  description: 'What a credential opens.',
  valuesConfig: {
    INGEST_KEY: { description: 'The webhooks of a sender.' },
    INTAKE_KEY: { description: 'An HTTPS intake.' },
    DEVICE_KEY: { description: 'The reports of an edge device.' },
    PROVISIONING_KEY: { description: 'The registration of edge devices.' },
    API_TOKEN: { description: 'This API, with permissions of its own.' },
    SESSION: { description: 'This API for a person who has signed in, from a browser.' },
  },
});
