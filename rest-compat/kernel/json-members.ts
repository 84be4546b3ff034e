import { badJson, type EntryBounds, endOfString, scanEntries, skipSpace, startScan } from './json-scanner.ts';
import type { Breathe } from './route.ts';

/** Text scanned between two looks at whether other work waits. */
const sliceLength = 32 * 1024;

/** Whether a JSON text is an array, an object, or a scalar, by its first character. */
export function jsonKind(text: string): 'array' | 'object' | 'scalar' {
  const first = text[skipSpace(text, 0)];
  if (first === '[') return 'array';
  return first === '{' ? 'object' : 'scalar';
}

/**
 * The members of an object, each value exactly as it was written; of members with one name the last counts, as with
 * JSON.parse. That a value is JSON is for whoever parses it to find out.
 */
export async function readJsonMembers(
  text: string,
  bounds: EntryBounds,
  breathe: Breathe,
): Promise<Map<string, string>> {
  const entries = await scanInSlices(text, bounds, breathe);
  return new Map(entries.map(readMember));
}

/** The texts of an array's elements or of an object's values, one level deep. */
export async function readJsonChildren(text: string, bounds: EntryBounds, breathe: Breathe): Promise<string[]> {
  if (jsonKind(text) === 'array') return scanInSlices(text, bounds, breathe);
  return [...(await readJsonMembers(text, bounds, breathe)).values()];
}

async function scanInSlices(text: string, bounds: EntryBounds, breathe: Breathe): Promise<string[]> {
  const scan = startScan(text, bounds, { intoMembers: true });
  for (let stop = sliceLength; !scanEntries(scan, stop); stop += sliceLength) {
    const pause = breathe();
    if (pause) await pause;
  }
  return scan.texts;
}

function readMember(entry: string): [name: string, value: string] {
  const nameEnd = entry[0] === '"' ? endOfString(entry, 1) : 0;
  const colon = skipSpace(entry, nameEnd);
  if (nameEnd === 0 || entry[colon] !== ':') throw badJson('The body is not valid JSON: an object holds no member');
  return [parseName(entry.slice(0, nameEnd)), entry.slice(skipSpace(entry, colon + 1))];
}

function parseName(text: string): string {
  try {
    return JSON.parse(text);
  } catch {
    throw badJson('The body is not valid JSON: a name is no string');
  }
}
