import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { readClockTime } from '../clock-time.ts';
import type { Draft } from '../draft.ts';
import { textOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { nameFields, partsOf } from './named-fields.ts';
import { severityOfTen } from './severity-scale.ts';

/** A line of ArcSight's Common Event Format taken apart. */
export interface CefMessage {
  readonly vendor: string;
  readonly product: string;
  readonly deviceVersion: string;
  readonly signatureId: string;
  readonly name: string;
  readonly severity: string;
  readonly extensions: readonly (readonly [key: string, value: string])[];
}

const backslash = 92;
const pipe = 124;
const space = 32;
const headerFields = 7;
const longestKey = 64;
const mostExtensions = 400;

/** Reads `CEF:0|vendor|product|version|signature|name|severity|extensions`; null for anything else. */
export function readCef(text: string): CefMessage | null {
  if (!text.startsWith('CEF:')) return null;
  return readCefBody(text.slice(4).trimStart());
}

/** Reads what follows `CEF:`, which some senders put into the syslog header instead. */
export function readCefBody(text: string): CefMessage | null {
  const first = text.charCodeAt(0);
  if (first < 48 || first > 57) return null;
  const { parts, end } = splitHeader(text, headerFields);
  const [, vendor, product, deviceVersion, signatureId, name, severity] = parts;
  if (vendor === undefined || product === undefined || deviceVersion === undefined) return null;
  if (signatureId === undefined || name === undefined) return null;
  const extensions = readExtensions(text, end);
  return { vendor, product, deviceVersion, signatureId, name, severity: severity ?? '', extensions };
}

export function draftOfCef(cef: CefMessage, text: string, receivedAt: number): Draft {
  const named = nameFields(cef.extensions);
  const extension = (key: string) => cef.extensions.find(([name]) => name === key)?.[1];
  const written = extension('rt') ?? extension('start') ?? extension('end');
  return draftOf({
    format: EventFormat.CEF,
    message: text,
    occurredAt: timeIn(written, receivedAt),
    ...partsOf(named),
    app: textOf(cef.product),
    severity: severityOfTen(cef.severity),
    title: textOf(cef.name, 1000),
    externalId: textOf(extension('externalId'), 256),
    type: textOf(extension('cat'), 100) ?? textOf(cef.product, 100) ?? 'cef',
    rule: textOf(cef.signatureId),
  });
}

/** A time as an epoch or in words; null when it is none. */
export function timeIn(text: string | undefined, receivedAt: number): number | null {
  if (text === undefined) return null;
  return parseTimestamp(text) ?? readClockTime(text.trim(), 0, receivedAt)?.time ?? null;
}

/** Splits at the pipes that no backslash takes away; `end` is where the last of `count` fields ended. */
export function splitHeader(text: string, count: number): { readonly parts: readonly string[]; readonly end: number } {
  const parts: string[] = [];
  let start = 0;
  let at = 0;
  for (; at < text.length && parts.length < count; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === pipe) {
      parts.push(unescapeHeader(text.slice(start, at)));
      start = at + 1;
    }
  }
  if (parts.length < count && start < text.length) {
    // Some senders leave out the last pipe when nothing follows it.
    parts.push(unescapeHeader(text.slice(start)));
    start = text.length;
  }
  return { parts, end: start };
}

function unescapeHeader(field: string): string {
  return field.includes('\\') ? field.replace(/\\([|\\])/g, '$1').trim() : field.trim();
}

/** Reads `key=value` pairs whose values may hold blanks: a value ends before the next key. */
function readExtensions(text: string, start: number): (readonly [string, string])[] {
  const found: [string, string][] = [];
  let key: string | undefined;
  let valueStart = start;
  for (let at = start; at < text.length && found.length < mostExtensions; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    if (code !== 61) continue;
    const keyStart = startOfKey(text, at, valueStart);
    if (keyStart < 0) continue;
    if (key !== undefined) found.push([key, unescapeValue(text.slice(valueStart, keyStart))]);
    key = text.slice(keyStart, at);
    valueStart = at + 1;
  }
  if (key !== undefined && found.length < mostExtensions) found.push([key, unescapeValue(text.slice(valueStart))]);
  return found;
}

/** Where the key that ends at `end` starts: after a blank, or where the extensions start; -1 when it is no key. */
function startOfKey(text: string, end: number, from: number): number {
  let at = end;
  while (at > from && end - at <= longestKey && isKeyCharacter(text.charCodeAt(at - 1))) at--;
  if (at === end || end - at > longestKey) return -1;
  return at === from || text.charCodeAt(at - 1) === space || text.charCodeAt(at - 1) === pipe ? at : -1;
}

/** Letters, digits, `_`, `-`, `.`, and the brackets of `cs1[0]`. */
function isKeyCharacter(code: number): boolean {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return (
    isLetter || (code >= 48 && code <= 57) || code === 95 || code === 45 || code === 46 || code === 91 || code === 93
  );
}

function unescapeValue(value: string): string {
  const trimmed = value.trim();
  if (!trimmed.includes('\\')) return trimmed;
  return trimmed.replace(/\\([=\\nr|])/g, (_, escaped: string) =>
    escaped === 'n' ? '\n' : escaped === 'r' ? '\r' : escaped,
  );
}
