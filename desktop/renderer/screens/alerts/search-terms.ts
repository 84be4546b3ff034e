import { timeNames, timeTermsOf } from '../../lists/time-range.ts';

const exactNames = ['agent', 'about'] as const;

/** Conditions that the API takes as part of a search alone, by the name that they have in the address. */
export const termNames = [...exactNames, ...timeNames] as const;

/** An IPv4 or IPv6 address, or a range of them. */
const address = /^(?:[\d.*]+|[\da-f]*:[\da-f:.]+)(?:\/\d+)?$/i;

/** The search of an address: what somebody wrote, and the conditions that stand beside it; undefined when there are none. */
export function searchOf(search: URLSearchParams): string | undefined {
  const written = search.get('search')?.trim();
  const exact = exactNames.flatMap((name) => {
    const value = search.get(name)?.trim();
    return value ? [termOf(name, value)] : [];
  });
  const terms = [...exact, ...timeTermsOf(search)];
  if (!written) return terms.length > 0 ? terms.join(' ') : undefined;
  // OR binds less than what stands next to it. Elsewhere nothing is put before it: the server names places in it by number.
  return [/\bOR\b/.test(written) && terms.length > 0 ? `(${written})` : written, ...terms].join(' ');
}

function termOf(name: (typeof exactNames)[number], value: string): string {
  if (name === 'about' && address.test(value)) return `ip:${value}`;
  // In quotes nothing has a meaning of its own but the quote, which no name of a device or an agent needs.
  return `${name === 'agent' ? 'agent' : 'device'}:"${value.replaceAll(/["\\]/g, ' ')}"`;
}

/** A field that a search may name. */
export interface Completable {
  readonly name: string;
  readonly description: string;
  readonly values: readonly string[] | null;
}

/** One way to go on with what is written. */
export interface Completion {
  readonly text: string;
  readonly detail: string | undefined;
  /** The whole search once it is taken. */
  readonly result: string;
}

const mostCompletions = 8;

/** How a search may go on at its end: names of fields, or the values of the field that is written last. */
export function completionsOf(written: string, fields: readonly Completable[]): readonly Completion[] {
  if ((written.split('"').length - 1) % 2 === 1) return [];
  const value = /(?:^|[\s(])-?([\w.]+)(?::|!=|[<>]=?)(\w*)$/.exec(written);
  if (value) {
    const [, name = '', begun = ''] = value;
    const values = fields.find((field) => field.name === name.toLowerCase())?.values ?? [];
    return values
      .filter((each) => each.startsWith(begun.toLowerCase()) && each !== begun)
      .slice(0, mostCompletions)
      .map((each) => ({ text: each, detail: undefined, result: `${upTo(written, begun)}${each} ` }));
  }
  const [, begun] = /(?:^|[\s(])-?([\w.]*)$/.exec(written) ?? [];
  if (begun === undefined) return [];
  return fields
    .filter(({ name }) => name.startsWith(begun.toLowerCase()))
    .slice(0, mostCompletions)
    .map(({ name, description }) => ({
      text: `${name}:`,
      detail: description,
      result: `${upTo(written, begun)}${name}:`,
    }));
}

function upTo(written: string, begun: string): string {
  return written.slice(0, written.length - begun.length);
}
