import { registerEnumType } from '../enums.ts';

/** What of an alert a matcher looks at. */
export const SilenceField = {
  TITLE: 'TITLE',
  MESSAGE: 'MESSAGE',
  TYPE: 'TYPE',
  KIND: 'KIND',
  SEVERITY: 'SEVERITY',
  AGENT: 'AGENT',
  HOSTNAME: 'HOSTNAME',
  INTAKE: 'INTAKE',
  GROUP: 'GROUP',
  SOURCE_IP: 'SOURCE_IP',
  DESTINATION_IP: 'DESTINATION_IP',
  ADDRESS: 'ADDRESS',
} as const;

export type SilenceField = (typeof SilenceField)[keyof typeof SilenceField];

registerEnumType(SilenceField, {
  name: 'SilenceField',
  description: 'What of an alert a matcher looks at.',
  valuesConfig: {
    TITLE: { description: 'Its one line for people.' },
    MESSAGE: { description: 'The log line or text behind it.' },
    TYPE: { description: 'What sort of thing it is.' },
    KIND: { description: 'NETWORK or SERVER.' },
    SEVERITY: { description: 'The name of its severity, such as HIGH.' },
    AGENT: { description: 'Id and name of the agent that saw it.' },
    HOSTNAME: { description: 'The host whose log it is.' },
    INTAKE: { description: 'Id of the intake that its event came by.' },
    GROUP: { description: 'Id of its alert group.' },
    SOURCE_IP: { description: 'Address it came from.' },
    DESTINATION_IP: { description: 'Address it went to.' },
    ADDRESS: { description: 'Both of its addresses.' },
  },
});

/** How a matcher compares. */
export const SilenceOperator = {
  EQUALS: 'EQUALS',
  NOT_EQUALS: 'NOT_EQUALS',
  MATCHES: 'MATCHES',
  IN_CIDR: 'IN_CIDR',
} as const;

export type SilenceOperator = (typeof SilenceOperator)[keyof typeof SilenceOperator];

registerEnumType(SilenceOperator, {
  name: 'SilenceOperator',
  description: 'How a matcher compares. Where a field has several values, one of them is enough.',
  valuesConfig: {
    EQUALS: { description: 'The field has that very value.' },
    NOT_EQUALS: { description: 'The field does not have that value.' },
    MATCHES: {
      description: 'The whole field fits the pattern, in which * stands for any text; A to Z in either case.',
    },
    IN_CIDR: { description: 'The address lies in the range, such as 10.0.0.0/24; for addresses alone.' },
  },
});

/** Where the time of a silence lies. */
export const SilenceState = { ACTIVE: 'ACTIVE', UPCOMING: 'UPCOMING', EXPIRED: 'EXPIRED' } as const;

export type SilenceState = (typeof SilenceState)[keyof typeof SilenceState];

registerEnumType(SilenceState, {
  name: 'SilenceState',
  description: 'Where the time of a silence lies.',
  valuesConfig: {
    ACTIVE: { description: 'It has begun and not ended; one that recurs may be between two turns.' },
    UPCOMING: { description: 'It has not begun.' },
    EXPIRED: { description: 'It has ended.' },
  },
});
