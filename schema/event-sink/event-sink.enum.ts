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

/** How a connection to a mail server is kept secret. */
export const MailSecurity = {
  STARTTLS: 'STARTTLS',
  TLS: 'TLS',
  NONE: 'NONE',
} as const;

export type MailSecurity = (typeof MailSecurity)[keyof typeof MailSecurity];

registerEnumType(MailSecurity, {
  name: 'MailSecurity',
  description: 'How a connection to a mail server is kept secret.',
  valuesConfig: {
    STARTTLS: { description: 'It begins in the clear and turns to TLS before anything is said; the port is 587.' },
    TLS: { description: 'TLS from the start; the port is 465.' },
    NONE: { description: 'Not at all; the port is 25. A user and a password are then not taken.' },
  },
});
