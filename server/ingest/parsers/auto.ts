import type { Draft } from '../draft.ts';
import { parsePlain } from './plain.ts';

/** Reads a text or a JSON value of any format by what it shows itself to be; never rejects. */
export function parseAuto(record: unknown): Draft {
  return parsePlain(typeof record === 'string' ? record : JSON.stringify(record));
}
