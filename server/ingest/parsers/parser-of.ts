import type { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { Parser } from '../draft.ts';
import { parseSyslogRecord } from './syslog-record.ts';
import { parseWazuh } from './wazuh.ts';

const parsers: Readonly<Record<EventFormat, Parser>> = {
  WAZUH: parseWazuh,
  SYSLOG_RECORD: parseSyslogRecord,
};

/** The reader of one format. */
export function parserOf(format: EventFormat): Parser {
  return parsers[format];
}
