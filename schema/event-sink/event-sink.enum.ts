import { registerEnumType } from '../enums.ts';

/** How a sink is told. */
export const EventSinkKind = {
  WEBHOOK: 'WEBHOOK',
  SLACK: 'SLACK',
  PAGERDUTY: 'PAGERDUTY',
  EMAIL: 'EMAIL',
} as const;

export type EventSinkKind = (typeof EventSinkKind)[keyof typeof EventSinkKind];

registerEnumType(EventSinkKind, {
  name: 'EventSinkKind',
  description: 'How a sink is told.',
  valuesConfig: {
    WEBHOOK: { description: 'JSON posted to a URL, signed as Standard Webhooks has it.' },
    SLACK: { description: 'A message in a Slack channel.' },
    PAGERDUTY: { description: "An event of PagerDuty's Events API v2." },
    EMAIL: { description: 'An e-mail.' },
  },
});
