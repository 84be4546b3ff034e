import { parseCidr } from '../cidr.ts';
import { canonicalIp, ipKey } from '../ip-address.ts';
import { canonicalMac } from '../mac-address.ts';
import { foldCase } from '../persistence/pattern.ts';
import { SearchFault } from './fault.ts';
import type { Field } from './field.ts';
import { anywhere, hasWildcards, likeLiteral, likeOf, literalOf, runsOf } from './like.ts';
import { nearest } from './nearest.ts';
import type { FieldTest } from './query.ts';
import { spanOf } from './times.ts';

export const comparisons = [':', '=', '!=', '>=', '<=', '>', '<'] as const;

export type Comparison = (typeof comparisons)[number];

/** A value as it was written. */
export interface Value {
  readonly text: string;
  /** In quotes: nothing in it is a wildcard. */
  readonly isQuoted: boolean;
  readonly at: number;
}

/** Of a pattern, in bytes; and how many `*` it may have: each row that it is held against must be cheap. */
const longestPattern = 256;
const mostRuns = 10;

type Reader = (field: Field, comparison: Comparison, value: Value, now: number) => FieldTest;

/** The test that a value asks for; throws SearchFault for one that does not fit the field. */
export function readValue(field: Field, comparison: Comparison, value: Value, now: number): FieldTest {
  const isOrdered = ['severity', 'number', 'time'].includes(field.type);
  if (!isOrdered && comparison !== ':' && comparison !== '=' && comparison !== '!=') {
    throw new SearchFault(value.at, `${field.name} has no order: write ${field.examples[0]}`);
  }
  if (value.text === '*' && !value.isQuoted) return { kind: 'present' };
  return readers[field.type](field, comparison, value, now);
}

/** The address or the addresses that a text names; null when it names none. */
export function readAddresses(text: string): Extract<FieldTest, { kind: 'addresses' }> | null {
  const [from, to, ...more] = text.split('..');
  if (more.length > 0) return null;
  if (to !== undefined) {
    const [low, high] = [canonicalIp(from), canonicalIp(to)];
    if (low === null || high === null || ipKey(low) > ipKey(high)) return null;
    return { kind: 'addresses', low: ipKey(low), high: ipKey(high) };
  }
  const ip = canonicalIp(text);
  if (ip !== null) return { kind: 'addresses', low: ipKey(ip), high: ipKey(ip) };
  const cidr = parseCidr(text) ?? startOfAddress(text);
  return cidr && { kind: 'addresses', low: cidr.lowKey, high: cidr.highKey };
}

/** `10.0.*` is 10.0.0.0/16. */
function startOfAddress(text: string): ReturnType<typeof parseCidr> {
  const [, start] = /^((?:\d{1,3}\.){1,3})\*(?:\.\*){0,2}$/.exec(text) ?? [];
  if (start === undefined) return null;
  const bytes = start.split('.').slice(0, -1);
  return parseCidr(`${[...bytes, '0', '0', '0'].slice(0, 4).join('.')}/${bytes.length * 8}`);
}

/** A pattern, bounded; throws SearchFault. */
export function readPattern({ text, isQuoted, at }: Value): { like: string; isExact: boolean } {
  if (Buffer.byteLength(text) > longestPattern) throw new SearchFault(at, `at most ${longestPattern} bytes a value`);
  const isExact = isQuoted || !hasWildcards(text);
  const like = isQuoted ? likeLiteral(text) : likeOf(text);
  if (runsOf(like) > mostRuns) throw new SearchFault(at, `at most ${mostRuns} wildcards * a value`);
  return { like, isExact };
}

const readers: Readonly<Record<Field['type'], Reader>> = {
  severity: (field, comparison, value) => {
    const names = field.values ?? [];
    const rank = (text: string, at: number) => {
      const [first] = enumValues(field, { text, isQuoted: false, at });
      return names.indexOf(first ?? '') + 1;
    };
    const { low, high } = orderedRange(comparison, value, (text) => {
      const number = rank(text, value.at);
      return { from: number, to: number + 1 };
    });
    const values = names.map((_, index) => index + 1).filter((each) => each >= low && each < high);
    return { kind: 'oneOf', values };
  },
  enum: (field, _, value) => ({ kind: 'oneOf', values: enumValues(field, value) }),
  flag: (field, _, value) => ({
    kind: 'oneOf',
    values: enumValues(field, value).map((name) => (name === 'yes' ? 1 : 0)),
  }),
  text: (_, __, value) => {
    const { like, isExact } = readPattern(value);
    const text = value.isQuoted ? value.text : literalOf(value.text);
    return isExact ? { kind: 'oneOf', values: [foldCase(text)] } : { kind: 'like', pattern: like };
  },
  prose: (_, __, value) => ({ kind: 'like', pattern: anywhere(readPattern(value).like) }),
  address: ({ examples }, _, { text, at }) => {
    const addresses = readAddresses(text);
    if (addresses) return addresses;
    throw new SearchFault(at, `"${text}" is no address and no range of them: write ${examples.join(' or ')}`);
  },
  mac: ({ examples }, _, { text, at }) => {
    const mac = canonicalMac(text);
    if (mac) return { kind: 'oneOf', values: [foldCase(mac)] };
    throw new SearchFault(at, `"${text}" is no hardware address: write ${examples[0]}`);
  },
  number: ({ name, examples }, comparison, value) => {
    const { low, high } = orderedRange(comparison, value, (text) => {
      if (!/^\d{1,12}$/.test(text)) throw new SearchFault(value.at, `${name} takes whole numbers: ${examples[0]}`);
      return { from: Number(text), to: Number(text) + 1 };
    });
    return { kind: 'range', low: finite(low), high: finite(high - 1) };
  },
  time: ({ name, examples }, comparison, value, now) => {
    const { low, high } = orderedRange(comparison, value, (text) => {
      const span = spanOf(text, now);
      if (span) return span;
      throw new SearchFault(value.at, `"${text}" is no time: ${name} takes ${examples[0]?.split(/[:=]+/)[1]} or 24h`);
    });
    return { kind: 'span', from: finite(low), to: finite(high) };
  },
  person: (_, __, value) => named(value),
  device: (_, __, value) => named(value),
  intake: (_, __, value) => named(value),
};

function named(value: Value): FieldTest {
  return { kind: 'named', name: value.text, pattern: readPattern(value).like, at: value.at };
}

/** What `low <= x < high` means the same as a comparison with a value that is as long as from `from` to `to`. */
function orderedRange(
  comparison: Comparison,
  { text, at }: Value,
  read: (text: string) => { from: number; to: number },
): { low: number; high: number } {
  const [start = '', end, ...more] = text.split('..');
  const isRange = end !== undefined && more.length === 0 && [':', '=', '!='].includes(comparison);
  const { from, to } = read(isRange ? start || end : text);
  const bounds = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  if (isRange) {
    const range = { low: start === '' ? bounds.low : from, high: end === '' ? bounds.high : read(end).to };
    if (range.low >= range.high) throw new SearchFault(at, `"${text}" ends before it begins`);
    return range;
  }
  switch (comparison) {
    case '>=':
      return { ...bounds, low: from };
    case '>':
      return { ...bounds, low: to };
    case '<':
      return { ...bounds, high: from };
    case '<=':
      return { ...bounds, high: to };
    default:
      return { low: from, high: to };
  }
}

/** The names of the enum that a value, perhaps with wildcards, stands for; a severity may be written as its number. */
function enumValues({ name, type, values = [] }: Field, { text, at }: Value): string[] {
  const wanted = text.toUpperCase().replaceAll('-', '_').replaceAll(' ', '_');
  const numbered = type === 'severity' && /^[1-6]$/.test(text) ? values[Number(text) - 1] : undefined;
  const found = numbered ?? values.find((value) => value.toUpperCase() === wanted);
  if (found !== undefined) return [found];
  const shown = values.map((value) => value.toLowerCase());
  const meant = nearest(text, shown);
  const hint = meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : `it is one of ${shown.join(', ')}`;
  throw new SearchFault(at, `${name} is never "${text}": ${hint}`);
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
