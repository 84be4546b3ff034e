import type { Severity } from '../../../schema/severity.enum.ts';
import { type ClockTime, readClockTime } from '../clock-time.ts';
import { readMnemonic } from './cisco.ts';
import { severityOfWord } from './severity-scale.ts';
import type { SyslogMessage } from './syslog-message.ts';

const space = 32;
const colon = 58;
const bracketOpen = 91;
const longestHost = 255;
const longestTag = 64;
const longestPid = 32;
/** How far behind the header a device's mark (`%ASA-6-302013:`) may stand: its own time and sequence number come before it. */
const reachOfMark = 120;

interface Tag {
  readonly app: string;
  readonly procId: string | null;
  readonly end: number;
}

/**
 * Reads what follows the priority of a BSD syslog line (RFC 3164, which only records what was seen): time, host, tag, any of which
 * may be missing. Null when nothing of the line shows that it is one: without a priority that takes a BSD time, an ISO time
 * before a host and a tag, a device's mark, or a tag with a process id.
 */
export function readSyslog3164(
  text: string,
  start: number,
  priority: number | null,
  receivedAt: number,
): SyslogMessage | null {
  const timeAt = skipSequence(text, start, priority !== null);
  const time = readClockTime(text, timeAt, receivedAt);
  const base = { version: 3164, priority, procId: null, msgId: null, params: [], level: null } as const;
  const afterTime =
    time === null ? timeAt : skipBlanks(text, text.charCodeAt(time.end) === colon ? time.end + 1 : time.end);
  const hostEnd = time === null && priority === null ? afterTime : endOfHost(text, afterTime);
  const markAt = findMark(text, afterTime);
  if (markAt >= 0) {
    const host = hostEnd > afterTime && hostEnd <= markAt ? text.slice(afterTime, hostEnd) : null;
    const app = readMnemonic(text, markAt)?.facility ?? null;
    return {
      ...base,
      occurredAt: time?.time ?? null,
      host: isSequence(host) ? null : host,
      app,
      message: text.slice(markAt),
    };
  }
  const hasHost = time !== null && hostEnd > afterTime;
  const { level, at } = skipLevel(text, hasHost ? skipBlanks(text, hostEnd) : afterTime);
  const tag = readTag(text, at);
  if (priority === null && !isEvident(text, timeAt, time, hasHost, tag, at)) return null;
  const tagLevel = tag !== null && tag.procId === null ? (severityOfWord(tag.app) ?? null) : null;
  return {
    ...base,
    occurredAt: time?.time ?? null,
    host: hasHost ? text.slice(afterTime, hostEnd) : null,
    app: tag === null || tagLevel !== null ? null : tag.app,
    procId: tag?.procId ?? null,
    level: level ?? tagLevel,
    message: text.slice(tag === null ? at : skipBlanks(text, tag.end)),
  };
}

function isEvident(
  text: string,
  timeAt: number,
  time: ClockTime | null,
  hasHost: boolean,
  tag: Tag | null,
  at: number,
): boolean {
  if (time === null) return tag !== null && tag.procId !== null && /^[a-zA-Z_][\w./()-]*$/.test(tag.app);
  // `Nov 21 06:51:01` is syslog's own; with a year it is anyone's, and so is an ISO time.
  if (/^[A-Z][a-z]{2} {1,2}\d/.test(text.slice(timeAt, timeAt + 6))) return true;
  if (tag !== null && severityOfWord(tag.app) !== undefined) return false;
  if (/^\d{4} [A-Z]/.test(text.slice(timeAt, timeAt + 6))) return tag !== null;
  return (
    hasHost &&
    text[timeAt + 4] === '-' &&
    (tag !== null || /^(?:CEF|LEEF):|^\{|^[\w.-]{1,40}=/.test(text.slice(at, at + 48)))
  );
}

/** Cisco's `237: ` or `237: switch-1: ` and the `*` or `.` before the time of a clock that is not set. */
function skipSequence(text: string, start: number, hasPriority: boolean): number {
  let at = start;
  if (hasPriority) {
    while (at - start < 12 && isDigit(text.charCodeAt(at))) at++;
    if (text.charCodeAt(at) !== colon) at = start;
    else at = skipBlanks(text, at + 1);
  }
  const code = text.charCodeAt(at);
  return code === 42 || (hasPriority && code === 46) || (hasPriority && code === space) ? at + 1 : at;
}

/** The place of `%` of a device's mark, where one comes soon enough and what stands before it is no sentence; else -1. */
function findMark(text: string, from: number): number {
  const at = text.indexOf('%', from);
  if (at < 0 || at - from > reachOfMark) return -1;
  if (at > from && text.charCodeAt(at - 1) !== space && text.charCodeAt(at - 1) !== colon) return -1;
  return readMnemonic(text, at) === null ? -1 : at;
}

function isSequence(host: string | null): boolean {
  return host !== null && /^\d+:?$/.test(host);
}

/** Where a host's name that starts at `at` ends: before a blank. `at` itself: there is none. */
function endOfHost(text: string, at: number): number {
  let end = at;
  for (; end < text.length && end - at <= longestHost; end++) {
    const code = text.charCodeAt(end);
    if (code === space) break;
    if (!isHostCharacter(code)) return at;
  }
  const last = text.charCodeAt(end - 1);
  if (end === at || end >= text.length || last === colon) return at;
  return severityOfWord(text.slice(at, end)) === undefined ? end : at;
}

/** Letters, digits, `-`, `.`, `_`, `/`, and `:` of an IPv6 address; names beyond ASCII are let through. */
function isHostCharacter(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter || isDigit(code) || (code >= 45 && code <= 47) || code === colon || code === 95 || code > 127;
}

/** A level before the tag, as in `host notice mcpd[5401]: ...`. */
function skipLevel(text: string, at: number): { level: Severity | null; at: number } {
  const end = text.indexOf(' ', at);
  if (end < 0 || end - at > 13) return { level: null, at };
  const level = severityOfWord(text.slice(at, end));
  return level === undefined ? { level: null, at } : { level, at: skipBlanks(text, end) };
}

/** `sshd[1234]: `, `su(pam_unix)[23]: `, `postfix/smtpd[5]: `, `/usr/sbin/cron: `; null where none stands. */
function readTag(text: string, at: number): Tag | null {
  if (text.startsWith('CEF:', at) || text.startsWith('LEEF:', at)) return null;
  let end = at;
  for (; end < text.length && end - at <= longestTag; end++) {
    const code = text.charCodeAt(end);
    if (code === bracketOpen || code === colon) break;
    if (code <= space || code === 61 || code === 34 || code === 123) return null;
  }
  if (end === at || end >= text.length || end - at > longestTag) return null;
  const app = baseName(text.slice(at, end));
  if (text.charCodeAt(end) === bracketOpen) {
    const close = text.indexOf(']', end);
    if (close < 0 || close - end > longestPid) return null;
    const next = text.charCodeAt(close + 1);
    if (next === colon) return { app, procId: text.slice(end + 1, close), end: close + 2 };
    const isNumber = close > end + 1 && isDigit(text.charCodeAt(end + 1));
    return isNumber && next === space ? { app, procId: text.slice(end + 1, close), end: close + 1 } : null;
  }
  const next = text.charCodeAt(end + 1);
  const isEnd = end + 1 >= text.length || next <= space;
  if (!isEnd && !text.startsWith('CEF:', end + 1) && !text.startsWith('LEEF:', end + 1)) return null;
  return { app, procId: null, end: end + 1 };
}

function baseName(app: string): string {
  const name = app.startsWith('/') ? app.slice(app.lastIndexOf('/') + 1) : app;
  const inside = name.startsWith('(') && name.endsWith(')') ? name.slice(1, -1) : name;
  return inside === '' ? app : inside;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) === space) at++;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
