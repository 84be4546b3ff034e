import type { AlertRow, EventRow } from './journal/journal-group.ts';
import { foldCase } from './pattern.ts';

/**
 * What full text holds of an event besides its words: terms made of its fields, so that a search for a field is answered from the
 * same index as one for words. A term begins with a character that no word is looked up with and a letter for its field. The
 * migrations of both databases spell the same terms in SQL for what was stored before.
 */
export const termLetters = {
  severity: 'v',
  host: 'h',
  app: 'a',
  intake: 'i',
  source: 's',
  destination: 'd',
  hour: 'y',
  kind: 'k',
  type: 't',
  agent: 'g',
  agentName: 'n',
  port: 'p',
} as const;

export type TermField = keyof typeof termLetters;

/** Of the area for private use: SQLite's tokenizer takes it for a letter. */
const mark = '\uE000';
const hourMs = 3_600_000;
/** Hours are counted from long before 1970, so that all have eight digits. */
const hoursBefore1970 = 20_000_000;
/** Of a longer text the beginning is found; what is found is compared in full then. */
const longestText = 24;

/** A term by its field, and by the value as `textTerm`, `keyTerm` or `hourTerm` spell it. */
export function termOf(field: TermField, value: string | number): string {
  return `${mark}${termLetters[field]}${value}`;
}

/** A text as a term: A to Z in lower case, its first characters as hexadecimal digits, for terms are cut at anything but letters and digits. */
export function textTerm(text: string): string {
  return Buffer.from([...foldCase(text)].slice(0, longestText).join('')).toString('hex');
}

/** An address (see `ipKey`) or a UUID as a term. */
export function keyTerm(key: string): string {
  return key.replaceAll('-', '');
}

/** The hour of an instant, in epoch milliseconds, as a term of eight digits that sort. */
export function hourTerm(atMs: number): string {
  const hour = Math.floor(atMs / hourMs) + hoursBefore1970;
  return String(Math.min(99_999_999, Math.max(10_000_000, hour)));
}

/** The terms of an event and the alert it raises. */
export function fieldTerms(event: EventRow, alert: AlertRow | null): string[] {
  const [, , , intake, occurredAt, , , host, app, severity] = event;
  const [sourceKey, destinationKey] = event.slice(16);
  const terms = [
    termOf('severity', String(severity)),
    termOf('intake', keyTerm(String(intake))),
    termOf('hour', hourTerm(Number(occurredAt))),
  ];
  const add = (field: TermField, value: string | number | null | undefined, spell: (text: string) => string) => {
    if (value != null) terms.push(termOf(field, spell(String(value))));
  };
  add('host', host, textTerm);
  add('app', app, textTerm);
  add('source', sourceKey, keyTerm);
  add('destination', destinationKey, keyTerm);
  if (alert === null) return terms;
  const [, , , kind, , , type, agent, agentName, , , sourcePort, , , destinationPort] = alert;
  add('kind', kind, foldCase);
  add('type', type, textTerm);
  add('agent', agent, textTerm);
  add('agentName', agentName, textTerm);
  add('port', sourcePort, String);
  if (destinationPort !== sourcePort) add('port', destinationPort, String);
  return terms;
}
