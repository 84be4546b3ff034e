import type { ThreatKind } from '../../../schema/threat-intel/threat-intel.enum.ts';
import { entryOfAttribute } from './list-attribute.ts';
import type { ListEntry, ListParser } from './list-reader.ts';

/** No more of a field is kept, in characters. */
const longestField = 4096;
/** No more fields of a record are kept. */
const mostFields = 100;

/** Whether a line is the heading of a CSV export of MISP: it names at least `type` and `value`. */
export function isExportHeader(line: string): boolean {
  const names = namesOf(line.split(','));
  return names.includes('type') && names.includes('value');
}

/** A CSV export of MISP (RFC 4180); columns are found by their headings. */
export class CsvListParser implements ListParser {
  readonly #kind: ThreatKind;
  #names: string[] | undefined;
  #record: string[] = [];
  #field = '';
  #isQuoted = false;

  constructor(kind: ThreatKind) {
    this.#kind = kind;
  }

  *take(text: string): Iterable<ListEntry> {
    for (const [run] of text.matchAll(/[",\n]|[^",\n]+/g)) {
      if (run === '"') this.#isQuoted = !this.#isQuoted;
      else if (this.#isQuoted) this.#keep(run);
      else if (run === ',') this.#endField();
      else if (run === '\n') yield* this.#endRecord();
      else this.#keep(run);
    }
  }

  *end(): Iterable<ListEntry> {
    yield* this.#endRecord();
  }

  /** A quote within a field is dropped, doubled or not: neither addresses nor domains hold any. */
  #keep(text: string): void {
    if (this.#field.length < longestField) this.#field += text.slice(0, longestField);
  }

  #endField(): void {
    if (this.#record.length < mostFields) this.#record.push(this.#field.trim());
    this.#field = '';
  }

  #endRecord(): ListEntry[] {
    this.#endField();
    const record = this.#record;
    this.#record = [];
    if (record.every((field) => field === '')) return [];
    if (!this.#names) {
      this.#names = namesOf(record);
      return [];
    }
    const at = (name: string) => record[this.#names?.indexOf(name) ?? -1];
    return [entryOfAttribute(this.#kind, at('type') ?? '', at('value') ?? '', at('to_ids'))];
  }
}

function namesOf(fields: readonly string[]): string[] {
  return fields.map((field) => field.trim().replaceAll('"', '').toLowerCase());
}
