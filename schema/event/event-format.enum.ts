import { registerEnumType } from '../enums.ts';

/** How an event was written, as its content shows. */
export const EventFormat = {
  WAZUH: 'WAZUH',
  SYSLOG_RECORD: 'SYSLOG_RECORD',
  EDGE: 'EDGE',
  SYSLOG_3164: 'SYSLOG_3164',
  SYSLOG_5424: 'SYSLOG_5424',
  CEF: 'CEF',
  LEEF: 'LEEF',
  KEY_VALUE: 'KEY_VALUE',
  ACCESS_LOG: 'ACCESS_LOG',
  LOG_LINE: 'LOG_LINE',
  SURICATA: 'SURICATA',
  ZEEK: 'ZEEK',
  ECS: 'ECS',
  JSON: 'JSON',
  PLAIN: 'PLAIN',
  TOCSIN: 'TOCSIN',
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
    EDGE: { description: 'What an edge appliance reports: an object with kind, timestamp, data.' },
    SYSLOG_3164: { description: 'A BSD syslog line (RFC 3164), with or without its priority.' },
    SYSLOG_5424: { description: 'A syslog line of RFC 5424.' },
    CEF: { description: 'ArcSight Common Event Format, also behind a syslog header.' },
    LEEF: { description: 'QRadar Log Event Extended Format, also behind a syslog header.' },
    KEY_VALUE: { description: 'A line of key=value pairs, also behind a syslog header.' },
    ACCESS_LOG: { description: "A line of a web server's access log: Common or Combined Log Format." },
    LOG_LINE: { description: 'Any other line that starts with its time or its level.' },
    SURICATA: { description: "A record of Suricata's eve.json." },
    ZEEK: { description: 'A record of a Zeek log written as JSON.' },
    ECS: { description: 'A JSON object with fields of the Elastic Common Schema.' },
    JSON: { description: 'Any other JSON object.' },
    PLAIN: { description: 'Text of no format known here.' },
    TOCSIN: { description: 'What Tocsin itself has to tell, of a source that fell silent for example.' },
  },
});
