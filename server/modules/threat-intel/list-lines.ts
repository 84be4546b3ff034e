import type { ListEntry, ListParser } from './list-reader.ts';

/** A longer line is no entry, in characters. */
const longestLine = 4096;
const tooLong = '(too long)';
/** What Tor's own list of exits says beside addresses: https://metrics.torproject.org/collector.html#type-tordnsel. */
const besides = /^(?:@type|ExitNode|Published|LastStatus|Downloaded)\b/;

/** One address or domain a line, as MISP's text export, Tor's bulk list and its exit list have it; `#` and `;` begin a remark. */
export class LineListParser implements ListParser {
  #rest = '';

  *take(text: string): Iterable<ListEntry> {
    const lines = (this.#rest + text).split('\n');
    const rest = lines.pop() ?? '';
    // Of a line too long no more is kept than shows that it is.
    this.#rest = rest.slice(0, longestLine + 1);
    for (const line of lines) yield* entryOf(line);
  }

  *end(): Iterable<ListEntry> {
    yield* entryOf(this.#rest);
  }
}

function entryOf(line: string): ListEntry[] {
  if (line.length > longestLine) return [tooLong];
  const words = line.replace(/[#;].*/, '').trim();
  if (words === '' || besides.test(words)) return [];
  const [, exit] = /^ExitAddress (\S+)/.exec(words) ?? [];
  return [exit ?? words.replace(/^"(.*)"$/, '$1')];
}
