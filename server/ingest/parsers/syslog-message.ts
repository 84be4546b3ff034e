import type { Severity } from '../../../schema/severity.enum.ts';
import type { StructuredParam } from './structured-data.ts';
import { readSyslog3164 } from './syslog-3164.ts';
import { readSyslog5424 } from './syslog-5424.ts';

/** A syslog line taken apart. */
export interface SyslogMessage {
  readonly version: 3164 | 5424;
  /** Facility times eight plus level; null where the line has none. */
  readonly priority: number | null;
  /** Epoch milliseconds. */
  readonly occurredAt: number | null;
  readonly host: string | null;
  readonly app: string | null;
  readonly procId: string | null;
  readonly msgId: string | null;
  readonly params: readonly StructuredParam[];
  /** What a level word in the header says; null where there is none. */
  readonly level: Severity | null;
  /** What follows the header. */
  readonly message: string;
}

const highestPriority = 191;

/**
 * Reads a line of RFC 5424 or, as RFC 3164 collected it, of what devices send as BSD syslog; null when it shows no header of either.
 * `receivedAt` gives times without a year their year.
 */
export function readSyslog(text: string, receivedAt: number): SyslogMessage | null {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.charCodeAt(start) !== 60)
    return readSyslog5424(text, start, null) ?? readSyslog3164(text, start, null, receivedAt);
  const close = text.indexOf('>', start);
  if (close < start + 2 || close > start + 4) return null;
  const digits = text.slice(start + 1, close);
  const priority = Number(digits);
  if (!Number.isInteger(priority) || digits.trim() !== digits || priority < 0 || priority > highestPriority)
    return null;
  return readSyslog5424(text, close + 1, priority) ?? readSyslog3164(text, close + 1, priority, receivedAt);
}
