import { conditionsOf } from './filters.ts';

/** A saved view outside of the server. */
export interface FiledView {
  readonly name: string;
  /** Its conditions, as JSON. */
  readonly query: string;
  readonly isShared: boolean;
}

/** A hundred views at their longest, twice. */
export const mostFileBytes = 2_000_000;
const version = 1;

/** Views as a file that people can read and keep under version control. */
export function writeViewsFile(views: readonly FiledView[]): string {
  const listed = views.map(({ name, query, isShared }) => ({ name, isShared, query: conditionsOf(query) ?? query }));
  return `${JSON.stringify({ tocsinViews: version, views: listed }, null, 2)}\n`;
}

/** The views of such a file; undefined where it is none. What a view asks for is not looked at. */
export function readViewsFile(text: string): FiledView[] | undefined {
  try {
    const { tocsinViews, views } = Object(JSON.parse(text));
    if (tocsinViews !== version || !Array.isArray(views)) return undefined;
    const read = views.map((each) => {
      const { name, query, isShared } = Object(each);
      return { name, isShared: isShared === true, query: typeof query === 'string' ? query : JSON.stringify(query) };
    });
    return read.every(({ name, query }) => typeof name === 'string' && query !== undefined) ? read : undefined;
  } catch {
    return undefined;
  }
}
