import { isObject, type Loose } from '../fields.ts';

/** The mark of structured syslog (CEE, Lumberjack) before its JSON. */
const cookie = '@cee:';

/** The object that a text of JSON holds; null for any other text. */
export function jsonObjectIn(text: string): Loose | null {
  const body = (text.startsWith(cookie) ? text.slice(cookie.length) : text).trim();
  if (body.charCodeAt(0) !== 123 || body.charCodeAt(body.length - 1) !== 125) return null;
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
