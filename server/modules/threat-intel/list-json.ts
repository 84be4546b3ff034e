import { ThreatKind } from '../../../schema/threat-intel/threat-intel.enum.ts';
import { InvalidInput } from '../../errors.ts';
import { entryOfAttribute } from './list-attribute.ts';
import type { ListEntry, ListParser } from './list-reader.ts';

/** An object or array that has begun and not ended. */
interface Frame {
  readonly isObject: boolean;
  /** Of an object the member being read; of an array the member that it is. */
  name: string | undefined;
  /** Of an object, the members that make an attribute. */
  readonly members: Record<string, string>;
}

const attributeMembers: ReadonlySet<string> = new Set(['type', 'value', 'to_ids']);
/** Arrays of addresses in Onionoo's details and summary documents (https://metrics.torproject.org/onionoo.html). */
const relayAddresses: ReadonlySet<string> = new Set(['or_addresses', 'exit_addresses', 'a']);
/** No more of a text is kept, in characters: what is that long is no entry. */
const longestText = 4096;
const deepest = 64;

/**
 * Finds in JSON of any size: the attributes of a MISP export, wherever they stand (objects with a `type` and a `value`); for Tor the
 * addresses of Onionoo's relays; and the texts of an array that is the whole file. It reads JSON no stricter than it must, but a file
 * that is cut off, or no JSON at all, throws InvalidInput.
 */
export class JsonListParser implements ListParser {
  readonly #kind: ThreatKind;
  readonly #frames: Frame[] = [];
  /** The text being read, as spelled. */
  #text: string | undefined;
  #isEscaped = false;
  #word = '';
  #isDone = false;
  #found: ListEntry[] = [];

  constructor(kind: ThreatKind) {
    this.#kind = kind;
  }

  *take(text: string): Iterable<ListEntry> {
    for (const [run] of text.matchAll(/["\\{}[\]:,]|[^"\\{}[\]:,]+/g)) {
      if (this.#text === undefined) this.#read(run);
      else this.#spell(run);
      if (this.#found.length === 0) continue;
      yield* this.#found;
      this.#found = [];
    }
  }

  end(): Iterable<ListEntry> {
    if (!this.#isDone) throw notJson();
    return [];
  }

  /** A part of a text: a quote that no backslash stands before ends it. */
  #spell(run: string): void {
    const raw = this.#text ?? '';
    if (run === '"' && !this.#isEscaped) {
      this.#text = undefined;
      this.#value(unescaped(raw), true);
      return;
    }
    this.#isEscaped = run === '\\' && !this.#isEscaped;
    this.#text = raw.length > longestText ? raw : raw + run;
  }

  #read(run: string): void {
    if (this.#isDone && run.trim() !== '') throw notJson();
    switch (run) {
      case '"':
        this.#text = '';
        return;
      case '{':
      case '[':
        this.#begin(run === '{');
        return;
      case '}':
      case ']':
        this.#endWord();
        this.#close(run === '}');
        return;
      case ',':
        this.#endWord();
        this.#next();
        return;
      case ':':
        return;
      case '\\':
        throw notJson();
      default:
        this.#addToWord(run);
    }
  }

  #begin(isObject: boolean): void {
    const above = this.#frames.at(-1);
    if (this.#frames.length === deepest) throw notJson();
    this.#frames.push({ isObject, name: isObject ? undefined : (above?.name ?? ''), members: {} });
  }

  #close(isObject: boolean): void {
    const frame = this.#frames.pop();
    if (frame?.isObject !== isObject) throw notJson();
    const { type, value, to_ids: toIds } = frame.members;
    if (type !== undefined && value !== undefined) {
      this.#found.push(entryOfAttribute(this.#kind, type, value, toIds));
    }
    this.#isDone = this.#frames.length === 0;
  }

  #next(): void {
    const frame = this.#frames.at(-1);
    if (frame?.isObject) frame.name = undefined;
  }

  /** A number, or `true`, `false`, `null`: only the marks of an attribute count, and they are short. */
  #addToWord(run: string): void {
    const word = run.trim();
    if (word === '') return;
    if (!/^[\w.+-]+$/.test(word) || this.#frames.length === 0) throw notJson();
    if (this.#word.length < 16) this.#word += word.slice(0, 32);
  }

  #endWord(): void {
    if (this.#word !== '') this.#value(this.#word, false);
    this.#word = '';
  }

  #value(value: string, isText: boolean): void {
    const frame = this.#frames.at(-1);
    if (!frame) throw notJson();
    if (!frame.isObject) {
      if (isText && this.#isAddressList(frame)) this.#found.push(value);
    } else if (frame.name === undefined) {
      frame.name = value;
    } else if (attributeMembers.has(frame.name)) {
      frame.members[frame.name] = value;
    }
  }

  #isAddressList({ name = '' }: Frame): boolean {
    if (this.#frames.length === 1) return true;
    return this.#kind === ThreatKind.TOR_RELAY && relayAddresses.has(name);
  }
}

function unescaped(raw: string): string {
  if (raw.length > longestText || !raw.includes('\\')) return raw;
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    throw notJson();
  }
}

function notJson(): InvalidInput {
  return new InvalidInput('list', 'is no valid JSON, or was cut off; the list of before, if any, is kept');
}
