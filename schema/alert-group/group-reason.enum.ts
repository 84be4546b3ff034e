import { registerEnumType } from '../enums.ts';

/** What the alerts of a group can have in common. */
export const GroupReasonKind = {
  FORMAT: 'FORMAT',
  RULE: 'RULE',
  TEXT: 'TEXT',
  AGENT: 'AGENT',
  SOURCE: 'SOURCE',
  DESTINATION: 'DESTINATION',
} as const;

export type GroupReasonKind = (typeof GroupReasonKind)[keyof typeof GroupReasonKind];

registerEnumType(GroupReasonKind, {
  name: 'GroupReasonKind',
  description: 'What the alerts of a group can have in common.',
  valuesConfig: {
    FORMAT: { description: 'The format of their events; its value is one of EventFormat.' },
    RULE: { description: "The rule of the sender's that raised them." },
    TEXT: { description: 'Their text, but for the numbers in it.' },
    AGENT: { description: 'The agent or host.' },
    SOURCE: { description: 'The address they come from.' },
    DESTINATION: { description: 'The address they go to.' },
  },
});
