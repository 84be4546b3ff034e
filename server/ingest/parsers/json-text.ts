import type { Draft } from '../draft.ts';
import { jsonObjectIn } from './json-object.ts';
import { parseJsonRecord } from './json-record.ts';

/** Reads a text that is a JSON object; null for any other text. It is parsed only when it starts and ends like one. */
export function parseJsonText(text: string, receivedAt: number): Draft | null {
  const record = jsonObjectIn(text);
  return record === null ? null : parseJsonRecord(record, receivedAt);
}
