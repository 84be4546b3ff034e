import { RequestFailure } from './route.ts';

export interface EntryBounds {
  /** Of the array, or members of the object that is taken apart. */
  readonly maxEntries: number;
  /** Levels of nesting in the whole body, the outer array included. */
  readonly maxDepth: number;
}

/** How far a body has been scanned, and the entries found so far. */
export interface Scan {
  readonly text: string;
  readonly bounds: EntryBounds;
  /** The body is one object, which is the only entry. */
  readonly single: boolean;
  readonly closing: number;
  readonly texts: string[];
  at: number;
  depth: number;
  entryStart: number;
}

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;
/** `[` and `{` differ in this bit alone, and so do `]` and `}`. */
const bracketBit = 0x20;

/** Begins a scan; refuses a body that is neither an object nor an array. With `intoMembers` an object's entries are its members. */
export function startScan(text: string, bounds: EntryBounds, { intoMembers = false } = {}): Scan {
  const at = skipSpace(text, 0);
  const first = text.charCodeAt(at);
  if (first !== openArray && first !== openObject) {
    throw badJson(at === text.length ? 'The body is empty' : 'The body must be JSON: one object, or an array');
  }
  const single = first === openObject && !intoMembers;
  const closing = first === openObject ? closeObject : closeArray;
  return { text, bounds, single, closing, texts: [], at: at + 1, depth: 1, entryStart: single ? at : at + 1 };
}

/**
 * Goes on to about `stop` and says whether the end is reached. It only finds where entries begin and end (a comma or the
 * closing bracket one level deep, outside strings); whether an entry is JSON is JSON.parse's to say. If all are, so is
 * the body.
 */
export function scanEntries(scan: Scan, stop: number): boolean {
  const { text, single } = scan;
  const { maxDepth } = scan.bounds;
  const limit = Math.min(stop, text.length);
  let { at, depth } = scan;
  while (at < limit) {
    const code = text.charCodeAt(at++);
    if (code === quote) {
      at = endOfString(text, at);
    } else if ((code | bracketBit) === openObject) {
      if (++depth > maxDepth) throw badJson(`The body is nested deeper than ${maxDepth} levels`);
    } else if ((code | bracketBit) === closeObject) {
      if (--depth === 0) {
        scan.at = at;
        endScan(scan, code);
        return true;
      }
    } else if (code === comma && depth === 1 && !single) {
      takeEntry(scan, at - 1);
      scan.entryStart = at;
    }
  }
  if (at >= text.length) throw badJson('The body is not valid JSON: it ends too early');
  scan.at = at;
  scan.depth = depth;
  return false;
}

/** The index behind the closing quote of the string that begins before `from`, or the text's length where there is none. */
export function endOfString(text: string, from: number): number {
  // The engine's search is vectorised, and most strings hold no escape: a quote with no backslash before it is the end.
  const close = text.indexOf('"', from);
  if (close === -1) return text.length;
  if (text.charCodeAt(close - 1) !== backslash) return close + 1;
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at++);
    if (code === quote) return at;
    if (code === backslash) at++;
  }
  return text.length;
}

function takeEntry(scan: Scan, end: number): void {
  const { text, texts, bounds } = scan;
  if (texts.length >= bounds.maxEntries) throw tooMany(bounds);
  let last = end;
  while (last > scan.entryStart && isSpace(text.charCodeAt(last - 1))) last--;
  texts.push(text.slice(Math.min(skipSpace(text, scan.entryStart), last), last));
}

function endScan(scan: Scan, close: number): void {
  const { text, texts, single, closing } = scan;
  if (close !== closing) throw badJson('The body is not valid JSON: brackets do not match');
  if (skipSpace(text, scan.at) !== text.length) throw badJson('The body is not valid JSON: something follows its end');
  const isEmpty = !single && texts.length === 0 && skipSpace(text, scan.entryStart) === scan.at - 1;
  if (!isEmpty) takeEntry(scan, single ? scan.at : scan.at - 1);
}

/** The four spaces of JSON and no other. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

export function badJson(message: string): RequestFailure {
  return new RequestFailure({ code: 'BAD_USER_INPUT', message });
}

function tooMany({ maxEntries }: EntryBounds): RequestFailure {
  return new RequestFailure({ code: 'TOO_LARGE', message: `The body holds more than ${maxEntries} entries` });
}
