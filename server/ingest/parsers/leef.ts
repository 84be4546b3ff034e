import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import type { Draft } from '../draft.ts';
import { textOf } from '../fields.ts';
import { splitHeader, timeIn } from './cef.ts';
import { draftOf } from './draft-of.ts';
import { nameFields, partsOf } from './named-fields.ts';
import { severityOfTen } from './severity-scale.ts';

/** A line of QRadar's Log Event Extended Format taken apart. */
export interface LeefMessage {
  readonly version: string;
  readonly vendor: string;
  readonly product: string;
  readonly productVersion: string;
  readonly eventId: string;
  readonly attributes: readonly (readonly [key: string, value: string])[];
}

const mostAttributes = 400;

/** Reads LEEF 1.0 (attributes between tabs) and 2.0 (which may name another delimiter); null for anything else. */
export function readLeef(text: string): LeefMessage | null {
  if (!text.startsWith('LEEF:')) return null;
  const body = text.slice(5).trimStart();
  const { parts, end } = splitHeader(body, 5);
  const [version, vendor, product, productVersion, eventId] = parts;
  if (version === undefined || vendor === undefined || product === undefined) return null;
  if (productVersion === undefined || eventId === undefined || !/^\d+(?:\.\d+)?$/.test(version)) return null;
  const { delimiter, start } = version.startsWith('2') ? delimiterOf(body, end) : { delimiter: '\t', start: end };
  return {
    version,
    vendor,
    product,
    productVersion,
    eventId,
    attributes: readAttributes(body.slice(start), delimiter),
  };
}

export function draftOfLeef(leef: LeefMessage, text: string, receivedAt: number): Draft {
  const attribute = (key: string) => leef.attributes.find(([name]) => name === key)?.[1];
  const category = textOf(attribute('cat'), 100);
  const title = textOf(attribute('msg') ?? attribute('name') ?? attribute('eventName'), 1000);
  return draftOf({
    format: EventFormat.LEEF,
    message: text,
    occurredAt: timeIn(attribute('devTime'), receivedAt),
    ...partsOf(nameFields(leef.attributes)),
    app: textOf(leef.product),
    severity: severityOfTen(attribute('sev')),
    title: title ?? textOf(`${leef.product}: ${leef.eventId}`, 1000),
    type: category ?? textOf(leef.product, 100) ?? 'leef',
    rule: textOf(leef.eventId),
  });
}

/** The sixth field of LEEF 2.0: one character, or its code as `x09` or `0x5E`; left out or empty, a tab. */
function delimiterOf(body: string, at: number): { delimiter: string; start: number } {
  const close = body.indexOf('|', at);
  const field = close < 0 ? '' : body.slice(at, close);
  if (close < 0 || field.length > 6) return { delimiter: '\t', start: at };
  if (field === '') return { delimiter: '\t', start: close + 1 };
  const code = /^0?x([0-9a-f]{1,4})$/i.exec(field)?.[1];
  if (code !== undefined) return { delimiter: String.fromCharCode(Number.parseInt(code, 16)), start: close + 1 };
  return field.length === 1 ? { delimiter: field, start: close + 1 } : { delimiter: '\t', start: at };
}

function readAttributes(text: string, delimiter: string): (readonly [string, string])[] {
  // Tabs are often lost on the way: written as the two characters, or turned into blanks.
  const separator = delimiter !== '\t' || text.includes('\t') ? delimiter : text.includes('\\t') ? '\\t' : '\t';
  return text.split(separator, mostAttributes).flatMap((attribute) => {
    const equals = attribute.indexOf('=');
    if (equals <= 0) return [];
    const key = attribute.slice(0, equals).trim();
    return key === '' || key.length > 64 ? [] : [[key, attribute.slice(equals + 1).trim()] as const];
  });
}
