import { registerEnumType } from '../enums.ts';

/** What a rule about services does. */
export const ServiceEffect = { ALLOW: 'ALLOW', EXCLUDE: 'EXCLUDE' } as const;

export type ServiceEffect = (typeof ServiceEffect)[keyof typeof ServiceEffect];

registerEnumType(ServiceEffect, {
  name: 'ServiceEffect',
  description: 'What a rule about services does.',
  valuesConfig: {
    ALLOW: { description: 'Lets hosts answer on the ports.' },
    EXCLUDE: { description: 'Leaves the ports out of surveillance: nobody is asked to authorize them.' },
  },
});

/** Why a service counts as authorized. */
export const ServiceAuthorization = {
  LISTED: 'LISTED',
  ALLOW_RULE: 'ALLOW_RULE',
  EXCLUDE_RULE: 'EXCLUDE_RULE',
} as const;

export type ServiceAuthorization = (typeof ServiceAuthorization)[keyof typeof ServiceAuthorization];

registerEnumType(ServiceAuthorization, {
  name: 'ServiceAuthorization',
  description: 'Why a service counts as authorized; of several reasons the first in this order.',
  valuesConfig: {
    LISTED: { description: 'Its address, port and transport are on the list of allowed services.' },
    ALLOW_RULE: { description: 'A rule allows it.' },
    EXCLUDE_RULE: { description: 'A rule leaves it out of surveillance.' },
  },
});
