/** The character that takes its meaning from the next one in a pattern as databases are given it. */
export const likeEscape = '!';

/** What a filter's text asks for. */
export interface Pattern {
  /** Whether `%` (any characters) or `_` (one character) is in it; a backslash before either, or before itself, takes it literally. */
  readonly hasWildcards: boolean;
  /** The text without its backslashes; what is meant where there are no wildcards. */
  readonly literal: string;
  /** For `like ? escape '!'`. */
  readonly like: string;
}

export function readPattern(text: string): Pattern {
  let hasWildcards = false;
  let literal = '';
  let like = '';
  for (const [, escaped, character = ''] of text.matchAll(/\\([%_\\])|([\s\S])/gu)) {
    const isWildcard = escaped === undefined && (character === '%' || character === '_');
    const plain = escaped ?? character;
    hasWildcards ||= isWildcard;
    literal += plain;
    like += isWildcard ? plain : plain.replace(/[%_!]/, `${likeEscape}$&`);
  }
  return { hasWildcards, literal, like };
}

/** A to Z in lower case and no other letter: both databases can be made to fold that alike, and nothing more. */
export function foldCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** A column's text as `foldCase` has it, sorted by its characters; a missing text is an empty one. */
export function foldedColumn(kind: 'sqlite' | 'postgres', column: string): string {
  // PostgreSQL folds and sorts as its locale says, unless it is told to go by bytes as SQLite does.
  return kind === 'postgres' ? `lower(coalesce(${column}, '') collate "C")` : `lower(coalesce(${column}, ''))`;
}

/** The patterns with those that hold no wildcards in the spelling that is stored, if `spell` knows them. */
export function spelledLike(
  patterns: readonly string[] | null | undefined,
  spell: (text: string) => string | null | undefined,
): string[] | null {
  return (
    patterns?.map((pattern) => (readPattern(pattern).hasWildcards ? pattern : (spell(pattern) ?? pattern))) ?? null
  );
}
