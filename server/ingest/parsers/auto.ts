import type { Draft } from '../draft.ts';
import { isObject } from '../fields.ts';
import { parseAccessLog } from './access-log.ts';
import { draftOfCef, readCef } from './cef.ts';
import { parseJsonRecord } from './json-record.ts';
import { parseJsonText } from './json-text.ts';
import { parseKeyValue } from './key-value.ts';
import { draftOfLeef, readLeef } from './leef.ts';
import { parseLogLine } from './log-line.ts';
import { parsePlain } from './plain.ts';
import { readSyslog } from './syslog-message.ts';
import { parseSyslogText } from './syslog-text.ts';

/**
 * Reads a text or a JSON value of any format by what it shows itself to be; never rejects and never throws. `receivedAt` (epoch
 * milliseconds) gives times without a year their year.
 */
export function parseAuto(record: unknown, receivedAt: number = Date.now()): Draft {
  if (typeof record === 'string') return parseText(record, receivedAt);
  return isObject(record) ? parseJsonRecord(record, receivedAt) : parsePlain(writeOut(record));
}

function parseText(text: string, receivedAt: number): Draft {
  const line = text.trim();
  if (line === '') return parsePlain(text);
  const json = parseJsonText(line, receivedAt);
  if (json !== null) return json;
  const syslog = readSyslog(line, receivedAt);
  if (syslog !== null) return parseSyslogText(syslog, line, receivedAt);
  const cef = readCef(line);
  if (cef !== null) return draftOfCef(cef, line, receivedAt);
  const leef = readLeef(line);
  if (leef !== null) return draftOfLeef(leef, line, receivedAt);
  return (
    parseKeyValue(line, receivedAt) ??
    parseAccessLog(line, receivedAt) ??
    parseLogLine(line, receivedAt) ??
    parsePlain(text)
  );
}

/** A list too deep to be written out is shown as no more than that. */
function writeOut(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return String(typeof value);
  }
}
