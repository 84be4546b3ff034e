import type { IngestFormat } from '../../../schema/ingest/ingest-format.enum.ts';
import type { Parser } from '../draft.ts';
import { parseAuto } from './auto.ts';
import { parseEdge } from './edge.ts';
import { parseSyslogRecord } from './syslog-record.ts';
import { parseWazuh } from './wazuh.ts';

const parsers: Readonly<Record<IngestFormat, Parser>> = {
  WAZUH: parseWazuh,
  SYSLOG_RECORD: parseSyslogRecord,
  EDGE: parseEdge,
  AUTO: parseAuto,
};

/** The reader of what a sender declares. */
export function parserOf(format: IngestFormat): Parser {
  return parsers[format];
}
