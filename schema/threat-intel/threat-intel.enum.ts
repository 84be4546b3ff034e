import { registerEnumType } from '../enums.ts';

/** What a list of threat intelligence names. */
export const ThreatKind = { TOR_RELAY: 'TOR_RELAY', MISP_IP: 'MISP_IP', MISP_DOMAIN: 'MISP_DOMAIN' } as const;

export type ThreatKind = (typeof ThreatKind)[keyof typeof ThreatKind];

registerEnumType(ThreatKind, {
  name: 'ThreatKind',
  description: 'What a list of threat intelligence names.',
  valuesConfig: {
    TOR_RELAY: { description: 'Addresses of relays of the Tor network.' },
    MISP_IP: { description: 'Addresses and ranges that a MISP instance holds for malicious.' },
    MISP_DOMAIN: { description: 'Domains that a MISP instance holds for malicious.' },
  },
});
