import { registerEnumType } from '../enums.ts';

/** A detection between two addresses, or one from a host's log. */
export const AlertKind = { NETWORK: 'NETWORK', SERVER: 'SERVER' } as const;

export type AlertKind = (typeof AlertKind)[keyof typeof AlertKind];

registerEnumType(AlertKind, {
  name: 'AlertKind',
  description: 'What kind of detection an alert is.',
  valuesConfig: {
    NETWORK: { description: 'It names a source and a destination address.' },
    SERVER: { description: "Any other: it comes from a host's log." },
  },
});

/** The orders an alert list can be read in. */
export const AlertOrderField = { RECEIVED_AT: 'RECEIVED_AT', OCCURRED_AT: 'OCCURRED_AT' } as const;

export type AlertOrderField = (typeof AlertOrderField)[keyof typeof AlertOrderField];

registerEnumType(AlertOrderField, {
  name: 'AlertOrderField',
  description: 'What a list of alerts is ordered by.',
  valuesConfig: {
    RECEIVED_AT: { description: 'The order of arrival.' },
    OCCURRED_AT: { description: 'When it happened, as the sender says.' },
  },
});

export const OrderDirection = { ASC: 'ASC', DESC: 'DESC' } as const;

export type OrderDirection = (typeof OrderDirection)[keyof typeof OrderDirection];

registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'Which end of the order comes first.',
  valuesConfig: {
    ASC: { description: 'Smallest or oldest first.' },
    DESC: { description: 'Largest or newest first.' },
  },
});
