/** The leaves of nested fields by their path, as far as `most`, and how many more there are. */
export function flatFields(
  fields: Readonly<Record<string, unknown>>,
  most: number,
): { readonly shown: readonly (readonly [name: string, value: string])[]; readonly more: number } {
  const shown: [string, string][] = [];
  let more = 0;
  // A stack and no recursion: how deep it goes is up to the sender.
  const waiting: [string, unknown][] = Object.entries(fields).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [name, value] = next;
    const isNested = value !== null && typeof value === 'object' && Object.keys(value).length > 0;
    if (isNested && !isFlatList(value)) {
      const inner = Object.entries(value).map(([key, each]): [string, unknown] => [`${name}.${key}`, each]);
      waiting.push(...inner.reverse());
    } else if (shown.length < most) shown.push([name, textOf(value)]);
    else more += 1;
  }
  return { shown, more };
}

/** A few plain values read best in one line. */
function isFlatList(value: object): value is unknown[] {
  return Array.isArray(value) && value.every((each) => each === null || typeof each !== 'object');
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && isFlatList(value) && value.length > 0) return value.join(', ');
  return JSON.stringify(value);
}
