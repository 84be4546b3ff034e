import type { ThreatKind } from '../../../schema/threat-intel/threat-intel.enum.ts';
import { InvalidInput } from '../../errors.ts';
import { CsvListParser, isExportHeader } from './list-csv.ts';
import { JsonListParser } from './list-json.ts';
import { LineListParser } from './list-lines.ts';

/**
 * One entry of a list as its file spells it; undefined for an entry of another type than asked for. What an entry is worth, its
 * reader judges.
 */
export type ListEntry = string | undefined;

/** Takes a file's text in parts cut anywhere, and keeps no more of it than the entry it is in. */
export interface ListParser {
  take(text: string): Iterable<ListEntry>;
  /** What stands before the file's end. */
  end(): Iterable<ListEntry>;
}

/** The first line decides how a file is written; a file without line breaks is judged by this much, in characters. */
const judgedBy = 64 * 1024;
const startsJson = /^(?:\{|\[\s*(?:[[{"\]]|$))/;

/** The entries of a file, whichever of the known formats it is in; throws InvalidInput for broken JSON or text that is not UTF-8. */
export async function* readIndicators(kind: ThreatKind, file: AsyncIterable<Uint8Array>): AsyncGenerator<ListEntry> {
  let head = '';
  let parser: ListParser | undefined;
  for await (const text of decode(file)) {
    if (parser) {
      yield* parser.take(text);
      continue;
    }
    head += text;
    if (!head.trimStart().includes('\n') && head.length < judgedBy) continue;
    parser = parserFor(kind, head);
    yield* parser.take(head);
  }
  if (!parser) {
    parser = parserFor(kind, head);
    yield* parser.take(head);
  }
  yield* parser.end();
}

function parserFor(kind: ThreatKind, head: string): ListParser {
  const start = head.trimStart();
  if (startsJson.test(start)) return new JsonListParser(kind);
  const [first = ''] = start.split('\n', 1);
  return isExportHeader(first) ? new CsvListParser(kind) : new LineListParser();
}

async function* decode(file: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const read = (bytes?: Uint8Array) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new InvalidInput('list', 'is not text in UTF-8');
    }
  };
  for await (const bytes of file) yield read(bytes);
  yield read();
}
