import { registerEnumType } from 'type-graphql';

/** The shapes of input that Tocsin reads the meaning of. */
export const EventFormat = {
  WAZUH: 'WAZUH',
  SYSLOG_RECORD: 'SYSLOG_RECORD',
} as const;

export type EventFormat = (typeof EventFormat)[keyof typeof EventFormat];

registerEnumType(EventFormat, {
  name: 'EventFormat',
  description: 'How an event was written by its sender.',
  valuesConfig: {
    WAZUH: {
      description: 'A Wazuh alert as its manager writes it: an object with rule, agent, manager, decoder, data.',
    },
    SYSLOG_RECORD: {
      description: 'A syslog message already split into an object: full_log, timestamp, hostname, app, severity, id.',
    },
  },
});
