import { registerEnumType } from '../enums.ts';

/** What a numbered page of network alerts can be ordered by. */
export const NetworkAlertOrderField = {
  ID: 'ID',
  OCCURRED_AT: 'OCCURRED_AT',
  AGENT: 'AGENT',
  SOURCE: 'SOURCE',
  DESTINATION: 'DESTINATION',
  SOURCE_IP: 'SOURCE_IP',
  DESTINATION_IP: 'DESTINATION_IP',
  DESTINATION_PORT: 'DESTINATION_PORT',
  TYPE: 'TYPE',
  LEVEL: 'LEVEL',
  TITLE: 'TITLE',
  MESSAGE: 'MESSAGE',
} as const;

export type NetworkAlertOrderField = (typeof NetworkAlertOrderField)[keyof typeof NetworkAlertOrderField];

registerEnumType(NetworkAlertOrderField, {
  name: 'NetworkAlertOrderField',
  description: 'What network alerts are ordered by; those that lack it count as empty, a port as below all others.',
  valuesConfig: {
    ID: { description: 'Their numbers: the order of arrival.' },
    OCCURRED_AT: { description: 'When they happened.' },
    AGENT: { description: 'The ids of the agents that saw them.' },
    SOURCE: { description: 'Source addresses as numbers, then source hardware addresses.' },
    DESTINATION: { description: 'Destination addresses as numbers, then destination hardware addresses.' },
    SOURCE_IP: { description: 'Source addresses as numbers.' },
    DESTINATION_IP: { description: 'Destination addresses as numbers.' },
    DESTINATION_PORT: { description: 'Destination ports.' },
    TYPE: { description: 'What sort of thing they are.' },
    LEVEL: { description: 'Their levels.' },
    TITLE: { description: 'Their titles.' },
    MESSAGE: { description: 'The texts behind them.' },
  },
});

/** What a numbered page of server alerts can be ordered by. */
export const ServerAlertOrderField = {
  ID: 'ID',
  OCCURRED_AT: 'OCCURRED_AT',
  HOSTNAME: 'HOSTNAME',
  AGENT: 'AGENT',
  TYPE: 'TYPE',
  TITLE: 'TITLE',
  LEVEL: 'LEVEL',
  LINE: 'LINE',
} as const;

export type ServerAlertOrderField = (typeof ServerAlertOrderField)[keyof typeof ServerAlertOrderField];

registerEnumType(ServerAlertOrderField, {
  name: 'ServerAlertOrderField',
  description: 'What server alerts are ordered by; those that lack it count as empty.',
  valuesConfig: {
    ID: { description: 'Their numbers: the order of arrival.' },
    OCCURRED_AT: { description: 'When they happened.' },
    HOSTNAME: { description: 'The hosts whose logs they are from.' },
    AGENT: { description: 'The ids of the agents that saw them.' },
    TYPE: { description: 'What sort of thing they are.' },
    TITLE: { description: 'Their titles.' },
    LEVEL: { description: 'Their levels.' },
    LINE: { description: 'The log lines.' },
  },
});

/** What network alerts can be collapsed by. */
export const AlertUnique = {
  SOURCE: 'SOURCE',
  DESTINATION: 'DESTINATION',
  DESTINATION_PORT: 'DESTINATION_PORT',
  PAIR: 'PAIR',
} as const;

export type AlertUnique = (typeof AlertUnique)[keyof typeof AlertUnique];

registerEnumType(AlertUnique, {
  name: 'AlertUnique',
  description: 'What network alerts are alike in when only the one that arrived last of those alike is shown.',
  valuesConfig: {
    SOURCE: { description: 'The source address.' },
    DESTINATION: { description: 'The destination address.' },
    DESTINATION_PORT: { description: 'The destination port.' },
    PAIR: { description: 'Both addresses.' },
  },
});
