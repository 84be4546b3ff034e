import { registerEnumType } from '../enums.ts';

/** What sensors record of traffic. */
export const FlowKind = { DNS: 'DNS', TCP: 'TCP', DHCP: 'DHCP', HTTP: 'HTTP' } as const;

export type FlowKind = (typeof FlowKind)[keyof typeof FlowKind];

registerEnumType(FlowKind, {
  name: 'FlowKind',
  description: 'What a flow record is about.',
  valuesConfig: {
    DNS: { description: 'A name looked up.' },
    TCP: { description: 'A connection or flow, TCP or other.' },
    DHCP: { description: 'An address handed out.' },
    HTTP: { description: 'A request over HTTP.' },
  },
});
