import { registerEnumType } from '../enums.ts';

/** What is stored in such numbers that it is exported and deleted by the row. */
export const DataSet = {
  NETWORK_ALERTS: 'NETWORK_ALERTS',
  SERVER_ALERTS: 'SERVER_ALERTS',
  DNS: 'DNS',
  TCP: 'TCP',
  DHCP: 'DHCP',
  HTTP: 'HTTP',
} as const;

export type DataSet = (typeof DataSet)[keyof typeof DataSet];

registerEnumType(DataSet, {
  name: 'DataSet',
  description: 'What is stored in such numbers that it is exported and deleted by the row.',
  valuesConfig: {
    NETWORK_ALERTS: { description: 'Alerts between addresses.' },
    SERVER_ALERTS: { description: "Alerts from a host's log." },
    DNS: { description: 'Names looked up.' },
    TCP: { description: 'Connections and flows, TCP or other.' },
    DHCP: { description: 'Addresses handed out.' },
    HTTP: { description: 'Requests over HTTP.' },
  },
});
