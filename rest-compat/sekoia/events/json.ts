import { badJson, type EntryBounds } from '../../kernel/json-scanner.ts';
import type { RequestFailure } from '../../kernel/route.ts';
import { maxEvents } from './lines.ts';

/** Bounds on a JSON body of this dialect. */
export const jsonBounds: EntryBounds = { maxEntries: maxEvents, maxDepth: 64 };

/** A part of a body, parsed; refuses the body when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badJson('The body is not valid JSON');
  }
}

export function noEvents(): RequestFailure {
  return badJson('The array holds no events');
}
