import { isObject, type Loose, storable } from '../fields.ts';

export type FieldScalar = string | number | boolean;
export type FieldValue = FieldScalar | readonly FieldScalar[];

const mostFields = 200;
const longestText = 1000;
const longestName = 200;
const mostItems = 20;
const deepest = 8;

/** Fields by name, no more than people can look through: 200 of them, 1,000 characters each, 20 items a list. The first of a name stays. */
export class FieldSet {
  readonly #fields = new Map<string, FieldValue>();

  /** Adds a value unless there is nothing in it. */
  add(name: string, value: unknown): void {
    if (this.isFull || name === '' || name.length > longestName || this.#fields.has(name)) return;
    const field = Array.isArray(value) ? listOf(value) : scalarOf(value);
    if (field !== undefined) this.#fields.set(storable(name), field);
  }

  /** Adds the members of an object under their path from `prefix`; a list of objects becomes a text of JSON. */
  addAll(record: Loose, prefix: string, depth = 0): void {
    for (const [key, value] of Object.entries(record)) {
      if (this.isFull) return;
      const name = prefix === '' ? key : `${prefix}.${key}`;
      if (isObject(value) && depth < deepest) this.addAll(value, name, depth + 1);
      else this.add(name, value);
    }
  }

  get isFull(): boolean {
    return this.#fields.size >= mostFields;
  }

  /** In alphabetical order. */
  toObject(): Readonly<Record<string, FieldValue>> {
    return Object.fromEntries([...this.#fields].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

function scalarOf(value: unknown): FieldScalar | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (isObject(value)) return textOfJson(value);
  return typeof value === 'string' && value !== '' ? cut(value) : undefined;
}

function listOf(values: readonly unknown[]): FieldValue | undefined {
  if (values.some((value) => typeof value === 'object' && value !== null)) return textOfJson(values);
  const items = values.slice(0, mostItems).flatMap((value) => scalarOf(value) ?? []);
  return items.length === 0 ? undefined : items;
}

function textOfJson(value: unknown): string | undefined {
  try {
    return cut(JSON.stringify(value));
  } catch {
    // Nested too deeply to be written out.
    return undefined;
  }
}

function cut(text: string): string {
  return storable(text.length > longestText ? `${text.slice(0, longestText)}…` : text);
}
