import { isObject, type Loose } from '../fields.ts';

/** The value at a dotted path, whether the record nests it (`{"a": {"b": 1}}`), writes it with dots (`{"a.b": 1}`), or both. */
export function lookUp(record: Loose, path: string): unknown {
  const direct = Object.hasOwn(record, path) ? record[path] : undefined;
  if (direct !== undefined) return direct;
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const parent = path.slice(0, dot);
    const nested = Object.hasOwn(record, parent) ? record[parent] : undefined;
    if (!isObject(nested)) continue;
    const value = lookUp(nested, path.slice(dot + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The first of the paths that leads to anything but null. */
export function firstOf(record: Loose, paths: readonly string[]): unknown {
  for (const path of paths) {
    const value = lookUp(record, path);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

const mostParts = 24;
const longestPart = 120;
const deepest = 4;

/** A line that people can read of a record that has no message of its own: its first plain values with their names. */
export function summaryOf(record: Loose): string {
  const parts: string[] = [];
  collect(record, '', parts, 0);
  return parts.length === 0 ? '{}' : parts.join(' ');
}

function collect(record: Loose, prefix: string, parts: string[], depth: number): void {
  for (const [key, value] of Object.entries(record)) {
    if (parts.length >= mostParts) return;
    const name = `${prefix}${key}`.slice(-longestPart);
    if (isObject(value)) {
      if (depth < deepest) collect(value, `${name}.`, parts, depth + 1);
      continue;
    }
    const text = plainText(value);
    if (text !== null) parts.push(`${name}=${text}`);
  }
}

function plainText(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) {
    const texts = value.slice(0, 5).flatMap((item: unknown) => (Array.isArray(item) ? [] : (plainText(item) ?? [])));
    return texts.length === 0 ? null : texts.join(',').slice(0, longestPart);
  }
  if (typeof value !== 'string' || value === '') return null;
  const short = value.length > longestPart ? `${value.slice(0, longestPart)}…` : value;
  return /\s/.test(short) ? `"${short}"` : short;
}
