import { parseTimestamp } from '../timestamp.ts';
import { readStructuredData } from './structured-data.ts';
import type { SyslogMessage } from './syslog-message.ts';

const digit0 = 48;
const digit9 = 57;
/** RFC 5424 allows 255 characters for a host and fewer for the rest; some senders write more. */
const longestToken = 255;

/**
 * Reads what follows the priority of an RFC 5424 message, its version `1` first; null when the header is not that. Without a priority
 * only a real time after the version tells it from any other text.
 */
export function readSyslog5424(text: string, start: number, priority: number | null): SyslogMessage | null {
  if (text.charCodeAt(start) !== digit0 + 1 || text.charCodeAt(start + 1) !== 32) return null;
  const tokens: (string | null)[] = [];
  let at = start + 2;
  while (tokens.length < 5) {
    const end = text.indexOf(' ', at);
    const stop = end < 0 ? text.length : end;
    if (stop === at || stop - at > longestToken) return null;
    const token = text.slice(at, stop);
    tokens.push(token === '-' ? null : token);
    at = stop + 1;
    if (tokens.length === 1 && !startsWithTime(token)) return null;
    if (tokens.length === 1 && token === '-' && priority === null) return null;
    if (end < 0 && tokens.length < 5) return null;
  }
  const [time = null, host = null, app = null, procId = null, msgId = null] = tokens;
  const occurredAt = time === null ? null : parseTimestamp(time);
  if (occurredAt === undefined) return null;
  const data = text.charCodeAt(at) === 91 ? readStructuredData(text, at) : null;
  if (data !== null) at = data.end;
  else if (text.charCodeAt(at) === 45 && (at + 1 >= text.length || text.charCodeAt(at + 1) === 32)) at++;
  if (text.charCodeAt(at) === 32) at++;
  if (text.charCodeAt(at) === 0xfeff) at++;
  return {
    version: 5424,
    priority,
    occurredAt,
    host,
    app,
    procId,
    msgId,
    params: data?.params ?? [],
    level: null,
    message: text.slice(at),
  };
}

function startsWithTime(token: string): boolean {
  const code = token.charCodeAt(0);
  return token === '-' || (code >= digit0 && code <= digit9);
}
