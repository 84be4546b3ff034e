/**
 * The language of the search box.
 *
 * ```
 * search     = [ any ]
 * any        = all { "OR" all }
 * all        = unit { [ "AND" ] unit }
 * unit       = ( "-" | "NOT" ) unit | "(" any ")" | term
 * term       = field op value | field op "(" value { "or" value } ")" | phrase | word
 * op         = ":" | "=" | "!=" | ">" | ">=" | "<" | "<="
 * value      = phrase | characters up to white space or ")"
 * phrase     = '"' characters '"'          (\" and \\ stand for " and \)
 * word       = characters up to white space or a parenthesis
 * ```
 *
 * AND, OR and NOT are written in capitals (in a list of values in either case); a word that only begins with them is a word. Docs for
 * people: docs/search.md.
 */
import { canonicalMac } from '../mac-address.ts';
import { foldCase } from '../persistence/pattern.ts';
import { searchWords } from '../persistence/words.ts';
import { SearchFault } from './fault.ts';
import { fields } from './fields.ts';
import { fieldOf, fieldsFor, type TimeWord, timeWords } from './find-field.ts';
import { anywhere, hasWildcards, withoutLastStars } from './like.ts';
import { nearest } from './nearest.ts';
import type { FieldTest, SearchNode, SearchSubject } from './query.ts';
import { durationOf, spanOf } from './times.ts';
import { type Comparison, comparisons, readAddresses, readPattern, readValue, type Value } from './values.ts';

/** In UTF-16 units. */
export const longestSearch = 1000;
/** Words, phrases and values of fields. */
export const mostTerms = 30;
/** Parentheses and negations within each other. */
export const deepestSearch = 8;

/** What a search asks for; `now` is what relative times are counted from, in epoch milliseconds. Throws SearchFault. */
export function parseSearch(text: string, subject: SearchSubject, now: number): SearchNode {
  if (text.length > longestSearch) throw new SearchFault(longestSearch, `at most ${longestSearch} characters`);
  return new Parser(text.replaceAll('\0', ' ').toWellFormed(), subject, now).parse();
}

const fieldStart = /^([a-z@_][\w.@-]*)(:(?:>=|<=|>|<|=)?|!=|>=|<=|>|<|=)/i;

class Parser {
  readonly #text: string;
  readonly #subject: SearchSubject;
  readonly #now: number;
  #at = 0;
  #terms = 0;
  #depth = 0;

  constructor(text: string, subject: SearchSubject, now: number) {
    this.#text = text;
    this.#subject = subject;
    this.#now = now;
  }

  parse(): SearchNode {
    this.#skipSpace();
    if (this.#isAtEnd) return { kind: 'all', of: [] };
    const node = this.#any();
    if (!this.#isAtEnd) throw this.#fault('this ")" closes nothing');
    return node;
  }

  #any(): SearchNode {
    const of = [this.#all()];
    while (this.#take(/^OR(?=[\s(]|$)/)) of.push(this.#all());
    return joined('any', of);
  }

  #all(): SearchNode {
    const of = [this.#unit()];
    while (!this.#isAtEnd && this.#peek() !== ')' && !this.#sees(/^OR(?=[\s(]|$)/)) {
      this.#take(/^AND(?=[\s(]|$)/);
      of.push(this.#unit());
    }
    return joined('all', of);
  }

  #unit(): SearchNode {
    if (this.#isAtEnd) throw this.#fault('something to look for is missing here');
    if (this.#sees(/^(?:AND|OR)(?=[\s(]|$)/)) throw this.#fault('this joins nothing: put a term before it');
    const isNegated = this.#take(/^NOT(?=[\s(]|$)/) || this.#take(/^-(?=[^\s-])/);
    if (isNegated) return this.#deeper(() => ({ kind: 'not', of: this.#unit() }));
    if (this.#peek() !== '(') return this.#term();
    return this.#deeper(() => {
      const start = this.#at;
      this.#take(/^\(/);
      if (this.#peek() === ')') throw this.#fault('there is nothing in these parentheses');
      const node = this.#any();
      if (!this.#take(/^\)/)) throw new SearchFault(start, 'this "(" is never closed');
      return node;
    });
  }

  #deeper(read: () => SearchNode): SearchNode {
    if (++this.#depth > deepestSearch) throw this.#fault(`at most ${deepestSearch} parentheses or negations deep`);
    const node = read();
    this.#depth--;
    return node;
  }

  #term(): SearchNode {
    if (this.#peek() === ')') throw this.#fault('this ")" closes nothing');
    const value = this.#sees(/^"/) ? this.#value('a text') : this.#word();
    if (value === undefined) return this.#field();
    this.#countTerm(value.at);
    return value.isQuoted ? textOf(value) : this.#looseWord(value);
  }

  /** Undefined when a field begins here; an address is no field, though one may look like it. */
  #word(): Value | undefined {
    const at = this.#at;
    const [text = ''] = /^[^\s()"]+/.exec(this.#text.slice(at)) ?? [];
    const isAddress = readAddresses(text) !== null || (text.includes(':') && canonicalMac(text) !== null);
    if (!isAddress && fieldStart.test(this.#text.slice(at))) return undefined;
    this.#at += text.length;
    this.#skipSpace();
    return { text, isQuoted: false, at };
  }

  #looseWord(value: Value): SearchNode {
    const addresses = readAddresses(value.text);
    if (addresses) {
      const ends: SearchNode = { kind: 'field', field: 'ip', test: addresses };
      // One address may be named by a text that holds it besides.
      return addresses.low === addresses.high ? { kind: 'any', of: [ends, textOf(value)] } : ends;
    }
    const begun = withoutLastStars(value.text);
    if (hasWildcards(begun)) return { kind: 'text', pattern: anywhere(readPattern(value).like) };
    const words = searchWords(begun);
    if (words.length === 0) throw new SearchFault(value.at, `"${value.text}" holds no letter and no digit to look for`);
    return { kind: 'words', words };
  }

  #field(): SearchNode {
    const at = this.#at;
    const [whole = '', name = '', sign = ':'] = fieldStart.exec(this.#text.slice(at)) ?? [];
    const field = fieldOf(this.#subject, name);
    const timeWord = timeWords.find((word) => word === name.toLowerCase());
    if (!field && !timeWord) throw this.#unknownField(name, at);
    this.#at += whole.length;
    const comparison = comparisonOf(sign);
    const read = (value: Value): SearchNode => {
      this.#countTerm(value.at);
      if (value.text === '') throw new SearchFault(value.at, 'a value is missing between these quotes');
      if (timeWord) return this.#bound(timeWord, comparison, value);
      if (!field) return nothing;
      if (field.hasNone && foldCase(value.text) === 'none') {
        return { kind: 'not', of: { kind: 'field', field: field.name, test: { kind: 'present' } } };
      }
      return this.#fieldNode(field.name, readValue(field, comparison, value, this.#now), value);
    };
    const node = joined('any', this.#values(name + sign).map(read));
    return comparison === '!=' ? { kind: 'not', of: node } : node;
  }

  /** What happened at a time happened in a group that was active then. */
  #fieldNode(name: string, test: FieldTest, value: Value): SearchNode {
    const field = fieldOf(this.#subject, name);
    if (name === 'time' && this.#subject === 'ALERT_GROUP' && test.kind === 'span') return activeIn(test);
    const node: SearchNode = { kind: 'field', field: name, test };
    if (field?.type !== 'prose' || this.#subject === 'ALERT_GROUP' || test.kind !== 'like') return node;
    // The words of it are in full text, which is how it is found.
    const words = hasWildcards(value.text) && !value.isQuoted ? [] : searchWords(value.text);
    return words.length === 0 ? node : { kind: 'all', of: [{ kind: 'words', words }, node] };
  }

  #bound(word: TimeWord, comparison: Comparison, { text, at }: Value): SearchNode {
    if (comparison !== ':' && comparison !== '=') throw new SearchFault(at, `write ${word}:${text}`);
    const span = word === 'last' ? undefined : spanOf(text, this.#now);
    const length = word === 'last' ? durationOf(text) : undefined;
    if (span === null) throw new SearchFault(at, `"${text}" is no time: write ${word}:2026-11-21 or ${word}:24h`);
    if (length === null) throw new SearchFault(at, `"${text}" is no length of time: write last:24h or last:7d`);
    const from = word === 'after' ? (span?.from ?? null) : word === 'last' ? this.#now - (length ?? 0) : null;
    const test: FieldTest = { kind: 'span', from, to: word === 'before' ? (span?.from ?? null) : null };
    return this.#subject === 'ALERT_GROUP' ? activeIn(test) : { kind: 'field', field: 'time', test };
  }

  #values(before: string): Value[] {
    if (this.#peek() !== '(') return [this.#value(`a value after ${before}`)];
    const start = this.#at;
    this.#take(/^\(/);
    const values = [this.#value('a value')];
    while (this.#peek() !== ')') {
      if (this.#isAtEnd) throw new SearchFault(start, 'this "(" is never closed');
      if (!this.#take(/^or(?=\s)/i)) throw this.#fault('values are joined by "or"; one with spaces goes into quotes');
      values.push(this.#value('a value'));
    }
    this.#take(/^\)/);
    return values;
  }

  #value(what: string): Value {
    const at = this.#at;
    const rest = this.#text.slice(at);
    const [quoted, inside] = /^"((?:\\[\s\S]|[^"\\])*)"/.exec(rest) ?? [];
    if (quoted === undefined && rest.startsWith('"')) throw new SearchFault(at, 'this quote is never closed');
    const [bare = ''] = quoted === undefined ? (/^[^\s()"]+/.exec(rest) ?? []) : [];
    const length = quoted?.length ?? bare.length;
    if (length === 0) throw new SearchFault(at, `${what} is missing here`);
    this.#at += length;
    this.#skipSpace();
    if (inside !== undefined) return { text: inside.replace(/\\(["\\])/g, '$1'), isQuoted: true, at };
    return { text: bare, isQuoted: false, at };
  }

  #unknownField(name: string, at: number): SearchFault {
    const quotes = 'to look for the text itself, put it into quotes';
    const elsewhere = fields.find((field) => [field.name, ...field.aliases].includes(name.toLowerCase()));
    if (elsewhere) {
      return new SearchFault(at, `${name} is no field of ${searched[this.#subject]}; ${quotes}`);
    }
    const names = [...fieldsFor(this.#subject).flatMap((field) => [field.name, ...field.aliases]), ...timeWords];
    const meant = nearest(name, names);
    const hint =
      meant.length > 0 ? `did you mean ${meant.join(' or ')}?` : `there are ${names.slice(0, 8).join(', ')} …`;
    return new SearchFault(at, `there is no field "${name}": ${hint} Else, ${quotes}`);
  }

  #countTerm(at: number): void {
    if (++this.#terms > mostTerms) throw new SearchFault(at, `at most ${mostTerms} terms`);
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  #peek(): string | undefined {
    return this.#text[this.#at];
  }

  #sees(pattern: RegExp): boolean {
    return pattern.test(this.#text.slice(this.#at));
  }

  #take(pattern: RegExp): boolean {
    const [found] = pattern.exec(this.#text.slice(this.#at)) ?? [];
    if (found === undefined) return false;
    this.#at += found.length;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    const [space = ''] = /^\s+/.exec(this.#text.slice(this.#at)) ?? [];
    this.#at += space.length;
  }

  #fault(problem: string): SearchFault {
    return new SearchFault(this.#at, problem);
  }
}

const nothing: SearchNode = { kind: 'any', of: [] };

const searched: Readonly<Record<SearchSubject, string>> = {
  ALERT_GROUP: 'alert groups',
  ALERT: 'alerts',
  EVENT: 'events',
};

/** A phrase: its words, which is how it is found, standing as they are written. */
function textOf({ text, at }: Value): SearchNode {
  const words = searchWords(text);
  if (words.length === 0) throw new SearchFault(at, `"${text}" holds no letter and no digit to look for`);
  const { like } = readPattern({ text, isQuoted: true, at });
  return {
    kind: 'all',
    of: [
      { kind: 'words', words },
      { kind: 'text', pattern: `%${like}%` },
    ],
  };
}

/** A group is active from its first alert to its latest. */
function activeIn({ from, to }: { readonly from: number | null; readonly to: number | null }): SearchNode {
  const of: SearchNode[] = [];
  if (from !== null) of.push({ kind: 'field', field: 'last_seen', test: { kind: 'span', from, to: null } });
  if (to !== null) of.push({ kind: 'field', field: 'first_seen', test: { kind: 'span', from: null, to } });
  return joined('all', of);
}

function comparisonOf(sign: string): Comparison {
  const bare = sign.length > 1 && sign.startsWith(':') ? sign.slice(1) : sign;
  return comparisons.find((one) => one === bare) ?? ':';
}

function joined(kind: 'all' | 'any', of: readonly SearchNode[]): SearchNode {
  const [first, ...others] = of;
  if (first !== undefined && others.length === 0) return first;
  return { kind, of: of.flatMap((node) => (node.kind === kind ? node.of : [node])) };
}
