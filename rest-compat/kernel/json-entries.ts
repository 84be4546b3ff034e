import { setImmediate as nextTurn } from 'node:timers/promises';
import { type EntryBounds, scanEntries, startScan } from './json-scanner.ts';
import { type Breathe, RequestFailure } from './route.ts';

/** What a JSON body held, entry by entry. */
export interface JsonEntries {
  readonly values: unknown[];
  /** Each entry exactly as it was written: big integers, number spellings, spaces and repeated keys survive here. */
  readonly texts: string[];
  /** The body was one object, not an array. */
  readonly single: boolean;
}

/** Text scanned or parsed between two looks at whether other work waits: about a tenth of a millisecond. */
const sliceLength = 32 * 1024;

/**
 * Reads a body that is one JSON object or an array of any values. Accepts exactly what JSON.parse accepts of those
 * within the bounds, which are checked before anything is parsed.
 */
export function readJsonEntries(text: string, bounds: EntryBounds): JsonEntries {
  const scan = startScan(text, bounds);
  scanEntries(scan, text.length);
  const texts = scan.texts;
  return { values: texts.map(parseEntry), texts, single: scan.single };
}

/**
 * The entries of a body as they are written, none of them parsed: only the brackets and strings of the body are known to be
 * in order, and whether an entry is JSON shows when it is read. Lets other work have its turn, as `breathe` says.
 */
export async function readJsonTexts(text: string, bounds: EntryBounds, breathe: Breathe): Promise<string[]> {
  const scan = startScan(text, bounds);
  for (let stop = sliceLength; !scanEntries(scan, stop); stop += sliceLength) {
    const pause = breathe();
    if (pause) await pause;
  }
  return scan.texts;
}

/** The same, letting other work have its turn while it reads a long body, as `breathe` says. */
export async function readJsonEntriesInSlices(
  text: string,
  bounds: EntryBounds,
  breathe: Breathe = nextTurn,
): Promise<JsonEntries> {
  if (text.length <= sliceLength) return readJsonEntries(text, bounds);
  const scan = startScan(text, bounds);
  for (let stop = sliceLength; !scanEntries(scan, stop); stop += sliceLength) {
    const pause = breathe();
    if (pause) await pause;
  }
  const texts = scan.texts;
  const values: unknown[] = [];
  let sinceLook = 0;
  for (const [position, entry] of texts.entries()) {
    const pause = sinceLook > sliceLength ? breathe() : undefined;
    if (sinceLook > sliceLength) sinceLook = 0;
    if (pause) await pause;
    values.push(parseEntry(entry, position));
    sinceLook += entry.length;
  }
  return { values, texts, single: scan.single };
}

function parseEntry(text: string, position: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RequestFailure({
      code: 'BAD_USER_INPUT',
      message: `The body is not valid JSON (entry ${position}, counted from 0)`,
    });
  }
}
