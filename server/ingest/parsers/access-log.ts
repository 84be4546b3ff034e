import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { canonicalIp } from '../../ip-address.ts';
import { readClockTime } from '../clock-time.ts';
import type { Draft } from '../draft.ts';
import { textOf, wholeNumberOf } from '../fields.ts';
import { draftOf } from './draft-of.ts';

/** A line of a web server's access log taken apart. */
export interface AccessLine {
  readonly clientIp: string | null;
  readonly user: string | null;
  readonly time: number | null;
  readonly method: string | null;
  readonly url: string | null;
  readonly status: number | null;
  readonly bytes: number | null;
  readonly referrer: string | null;
  readonly userAgent: string | null;
}

const longestClients = 400;

/**
 * Reads a line of the Common or Combined Log Format (`client - user [time] "request" status bytes "referrer" "agent"`), also with
 * several addresses of proxies in front; null for anything else.
 */
export function readAccessLine(text: string, receivedAt: number): AccessLine | null {
  const bracket = text.indexOf('[');
  if (bracket < 5 || bracket > longestClients) return null;
  const clock = readClockTime(text, bracket + 1, receivedAt);
  if (clock === null || !text.startsWith('] "', clock.end)) return null;
  const words = text.slice(0, bracket).trim().split(/[ ,]+/);
  const requestStart = clock.end + 3;
  const requestEnd = text.indexOf('" ', requestStart);
  const isWhole = requestEnd >= 0;
  const request = text.slice(requestStart, isWhole ? requestEnd : text.length);
  const [method = '', url = ''] = request.split(' ', 2);
  const rest = isWhole ? text.slice(requestEnd + 2) : '';
  const [status, bytes] = rest.split(' ', 2);
  const quoted = rest.slice(0, 4000).split('"');
  const user = words.at(-1);
  return {
    clientIp: words.map((word) => canonicalIp(word)).find((ip) => ip !== null) ?? null,
    user: user === undefined || user === '-' || words.length < 3 ? null : user,
    time: clock.time,
    method: /^[A-Z]{3,16}$/.test(method) ? method : null,
    url: textOf(url, 4000),
    status: wholeNumberOf(status),
    bytes: wholeNumberOf(bytes),
    referrer: dashless(quoted[1]),
    userAgent: dashless(quoted[3]),
  };
}

/** An access log's line is for information, whatever its status: a web server answers 404 and 500 all day. */
export function parseAccessLog(text: string, receivedAt: number): Draft | null {
  const line = readAccessLine(text, receivedAt);
  if (line === null) return null;
  return draftOf({
    format: EventFormat.ACCESS_LOG,
    message: text,
    occurredAt: line.time,
    type: 'web-access',
    source: { ip: line.clientIp, mac: null, port: null },
  });
}

function dashless(value: string | undefined): string | null {
  return value === undefined || value === '-' ? null : textOf(value, 1000);
}
