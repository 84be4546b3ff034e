import { hourTerm, keyTerm, termOf, textTerm } from '../persistence/search-terms.ts';
import { type TextQuery, term, words } from '../persistence/text-query.ts';
import type { Field } from './field.ts';
import { fieldOf } from './find-field.ts';
import { beginningOf } from './like.ts';
import type { FieldTest, Search, SearchNode } from './query.ts';

/** A wider span of time than this, in milliseconds, is not worth to be looked up where something else narrows a search. */
const widestSpanMs = 31 * 24 * 3_600_000;
/** Of a longer text the term holds only the beginning (see `textTerm`). */
const longestTerm = textTerm('a'.repeat(100)).length;

/**
 * What full text can say of a search of events or alerts: it finds all that the search does, and perhaps more. Null when it cannot
 * say anything, so that every row has to be looked at.
 */
export function narrow(search: Search): TextQuery | null {
  const { subject, node, now } = search;
  const narrowed = (each: SearchNode) => narrow({ subject, node: each, now });
  switch (node.kind) {
    case 'words':
      return words(node.words);
    case 'field': {
      const field = fieldOf(subject, node.field);
      return field ? narrowField(field, node.test) : null;
    }
    case 'any': {
      const of = node.of.flatMap((each) => narrowed(each) ?? []);
      return of.length === node.of.length && of.length > 0 ? { kind: 'any', of } : null;
    }
    case 'all':
      return narrowAll(search, node.of);
    case 'not':
    case 'text':
      return null;
  }
}

function narrowAll({ subject, now }: Search, nodes: readonly SearchNode[]): TextQuery | null {
  const narrowed = (some: readonly SearchNode[]) => some.flatMap((node) => narrow({ subject, node, now }) ?? []);
  const precise = narrowed(nodes.filter((node) => !isWideSpan(node, now)));
  const of = precise.length > 0 ? precise : narrowed(nodes);
  return of.length === 0 ? null : { kind: 'all', of };
}

function isWideSpan(node: SearchNode, now: number): boolean {
  if (node.kind !== 'field' || node.test.kind !== 'span') return false;
  const { from, to } = node.test;
  return from === null || (to ?? now) - from > widestSpanMs;
}

function narrowField({ type, terms }: Field, test: FieldTest): TextQuery | null {
  if (type === 'flag') return test.kind === 'oneOf' && test.values.includes(1) ? raisedAlert : null;
  if (!terms) return null;
  const found = termsOf(type, test);
  if (found === null || found.length === 0) return null;
  return {
    kind: 'any',
    of: terms.flatMap((field) => found.map((each) => term(termOf(field, each.text), each.isBegun))),
  };
}

/** Every event that raised an alert has the kind of the alert among its terms. */
const raisedAlert = term(termOf('kind', ''), true);

interface Term {
  readonly text: string;
  readonly isBegun: boolean;
}

function termsOf(type: Field['type'], test: FieldTest): Term[] | null {
  switch (test.kind) {
    case 'oneOf':
      return test.values.length === 0 ? null : test.values.map((value) => termOfValue(type, value));
    case 'like': {
      const beginning = textTerm(beginningOf(test.pattern));
      return beginning === '' ? null : [{ text: beginning, isBegun: true }];
    }
    case 'addresses':
      return cover(keyTerm(test.low), keyTerm(test.high), '0123456789abcdef', 1);
    case 'span':
      return cover(hourOr(test.from, '10000000'), hourOr(test.to, '99999999'), '0123456789', 3);
    case 'range':
      return test.low !== null && test.low === test.high ? [{ text: String(test.low), isBegun: false }] : null;
    case 'present':
    case 'named':
      return null;
  }
}

function termOfValue(type: Field['type'], value: string | number): Term {
  if (type === 'intake' || type === 'device') return { text: keyTerm(String(value)), isBegun: false };
  if (type === 'enum') return { text: String(value).toLowerCase(), isBegun: false };
  if (typeof value === 'number') return { text: String(value), isBegun: false };
  const text = textTerm(value);
  return { text, isBegun: text.length >= longestTerm };
}

function hourOr(at: number | null, fallback: string): string {
  return at === null ? fallback : hourTerm(at);
}

/**
 * The beginnings of all texts of one length between two, in the order of the alphabet: exactly to so many digits after those that the
 * two have in common, and no more than is needed after that.
 */
export function cover(low: string, high: string, alphabet: string, digits: number): Term[] {
  if (low > high) return [];
  if (low === high) return [{ text: low, isBegun: false }];
  const common = [...low].findIndex((digit, index) => digit !== high[index]);
  const first = alphabet[0] ?? '';
  const last = alphabet.at(-1) ?? '';
  const isWhole =
    [...low.slice(common)].every((digit) => digit === first) &&
    [...high.slice(common)].every((digit) => digit === last);
  if (isWhole || digits === 0) return [{ text: low.slice(0, common), isBegun: true }];
  const rest = low.length - common - 1;
  return [...alphabet].flatMap((digit) => {
    if (digit < (low[common] ?? '') || digit > (high[common] ?? '')) return [];
    const beginning = low.slice(0, common) + digit;
    const from = digit === low[common] ? low : beginning + first.repeat(rest);
    const to = digit === high[common] ? high : beginning + last.repeat(rest);
    if (digits === 1 && rest > 0) return [{ text: beginning, isBegun: true }];
    return cover(from, to, alphabet, digits - 1);
  });
}
