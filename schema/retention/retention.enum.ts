import { registerEnumType } from '../enums.ts';

/** What can be kept for a time, or up to a size, each with a rule of its own. */
export const RetainedDataSet = {
  NETWORK_ALERTS: 'NETWORK_ALERTS',
  SERVER_ALERTS: 'SERVER_ALERTS',
  DNS: 'DNS',
  TCP: 'TCP',
  DHCP: 'DHCP',
  HTTP: 'HTTP',
  EVENTS: 'EVENTS',
  REJECTED_EVENTS: 'REJECTED_EVENTS',
  TELEMETRY: 'TELEMETRY',
  BACKUPS: 'BACKUPS',
  PACKET_CAPTURES: 'PACKET_CAPTURES',
  DELIVERIES: 'DELIVERIES',
} as const;

export type RetainedDataSet = (typeof RetainedDataSet)[keyof typeof RetainedDataSet];

registerEnumType(RetainedDataSet, {
  name: 'RetainedDataSet',
  description: 'What can be kept for a time, or up to a size, each with a rule of its own.',
  valuesConfig: {
    NETWORK_ALERTS: { description: 'Alerts between addresses, with their packets.' },
    SERVER_ALERTS: { description: "Alerts from a host's log." },
    DNS: { description: 'Names looked up.' },
    TCP: { description: 'Connections and flows, TCP or other.' },
    DHCP: { description: 'Addresses handed out.' },
    HTTP: { description: 'Requests over HTTP.' },
    EVENTS: {
      description: 'Accepted events with their raw text; one that an alert was raised by stays as long as that.',
    },
    REJECTED_EVENTS: { description: 'Input that could not be accepted.' },
    TELEMETRY: { description: 'Measurements of appliances.' },
    BACKUPS: { description: 'What backups reported.' },
    PACKET_CAPTURES: { description: 'The packets behind network alerts.' },
    DELIVERIES: { description: 'Notifications that were taken, or given up, with their attempts.' },
  },
});

/** Which part of a rule. */
export const RetentionLimit = { AGE: 'AGE', SIZE: 'SIZE' } as const;

export type RetentionLimit = (typeof RetentionLimit)[keyof typeof RetentionLimit];

registerEnumType(RetentionLimit, {
  name: 'RetentionLimit',
  description: 'Which part of a rule.',
  valuesConfig: {
    AGE: { description: '`keepDays`.' },
    SIZE: { description: '`keepBytes`.' },
  },
});
