import { registerEnumType } from '../enums.ts';

/** What a sender says of how its records are written. */
export const IngestFormat = {
  WAZUH: 'WAZUH',
  SYSLOG_RECORD: 'SYSLOG_RECORD',
  EDGE: 'EDGE',
  AUTO: 'AUTO',
} as const;

export type IngestFormat = (typeof IngestFormat)[keyof typeof IngestFormat];

registerEnumType(IngestFormat, {
  name: 'IngestFormat',
  description: 'What the records of a request are declared to be.',
  valuesConfig: {
    WAZUH: { description: 'Wazuh alerts; anything else is rejected.' },
    SYSLOG_RECORD: { description: 'Syslog messages already split into objects; anything else is rejected.' },
    EDGE: { description: 'Reports of an edge appliance (kind, timestamp, data); anything else is rejected.' },
    AUTO: {
      description:
        'Texts or JSON of any format: each is read by what it shows itself to be, and none is rejected for it.',
    },
  },
});
