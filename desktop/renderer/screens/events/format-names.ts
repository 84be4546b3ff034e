import type { EventFormat } from '../../generated/schema.ts';

/** How formats are called by those who made them, in any language. */
export const formatNames: Readonly<Record<EventFormat, string>> = {
  ACCESS_LOG: 'Access log',
  CEF: 'CEF',
  ECS: 'ECS',
  EDGE: 'Edge',
  JSON: 'JSON',
  KEY_VALUE: 'key=value',
  LEEF: 'LEEF',
  LOG_LINE: 'Log line',
  PLAIN: 'Text',
  SURICATA: 'Suricata',
  SYSLOG_3164: 'Syslog (3164)',
  SYSLOG_5424: 'Syslog (5424)',
  SYSLOG_RECORD: 'Syslog record',
  TOCSIN: 'Tocsin',
  WAZUH: 'Wazuh',
  ZEEK: 'Zeek',
};
