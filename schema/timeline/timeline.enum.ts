import { registerEnumType } from '../enums.ts';

/** What an entry of a timeline is about, in the order in which an alert comes by. */
export const TimelineStage = {
  INTAKE: 'INTAKE',
  PARSE: 'PARSE',
  RULE: 'RULE',
  GROUP: 'GROUP',
  SILENCE: 'SILENCE',
  DELIVERY: 'DELIVERY',
  TRIAGE: 'TRIAGE',
} as const;

export type TimelineStage = (typeof TimelineStage)[keyof typeof TimelineStage];

registerEnumType(TimelineStage, {
  name: 'TimelineStage',
  description: 'What an entry of a timeline is about.',
  valuesConfig: {
    INTAKE: { description: 'How it came in.' },
    PARSE: { description: 'What was recognised in it, and what was not.' },
    RULE: { description: 'Why it is an alert.' },
    GROUP: { description: 'Which alerts it was put with, and why.' },
    SILENCE: { description: 'A silence kept a sink from being told.' },
    DELIVERY: { description: 'A sink was told, is yet to be, or why it is not.' },
    TRIAGE: { description: 'What people, or the server, made of its group.' },
  },
});
