import type { Draft } from '../draft.ts';
import { isObject } from '../fields.ts';
import { parseJsonRecord } from './json-record.ts';

/** The mark of structured syslog (CEE, Lumberjack) before its JSON. */
const cookie = '@cee:';

/** Reads a text that is a JSON object; null for any other text. It is parsed only when it starts and ends like one. */
export function parseJsonText(text: string, receivedAt: number): Draft | null {
  const record = jsonObjectIn(text);
  return record === null ? null : parseJsonRecord(record, receivedAt);
}

/** The object that a text of JSON holds; null for any other text. */
export function jsonObjectIn(text: string): Readonly<Record<string, unknown>> | null {
  const body = (text.startsWith(cookie) ? text.slice(cookie.length) : text).trim();
  if (body.charCodeAt(0) !== 123 || body.charCodeAt(body.length - 1) !== 125) return null;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
