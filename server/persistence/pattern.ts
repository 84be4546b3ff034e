import { InvalidInput } from '../errors.ts';
import type { SqlValue } from './journal/journal-group.ts';

/** The character that takes its meaning from the next one in a pattern as databases are given it. */
export const likeEscape = '!';

/** What a filter's text asks for. */
export interface Pattern {
  /** Whether `%` (any characters) or `_` (one character) is in it; a backslash before either, or before itself, takes it literally. */
  readonly hasWildcards: boolean;
  /** The text without its backslashes; what is meant where there are no wildcards. */
  readonly literal: string;
  /** For `like ? escape '!'`; a run of `%` is one. */
  readonly like: string;
  /** How many runs of `%` there are. */
  readonly runs: number;
}

export function readPattern(text: string): Pattern {
  let hasWildcards = false;
  let literal = '';
  let like = '';
  let runs = 0;
  let isInRun = false;
  for (const [, escaped, character = ''] of text.matchAll(/\\([%_\\])|([\s\S])/gu)) {
    const isWildcard = escaped === undefined && (character === '%' || character === '_');
    const plain = escaped ?? character;
    hasWildcards ||= isWildcard;
    literal += plain;
    const isMany = isWildcard && plain === '%';
    if (!(isMany && isInRun)) like += isWildcard ? plain : plain.replace(/[%_!]/, `${likeEscape}$&`);
    if (isMany && !isInRun) runs++;
    isInRun = isMany;
  }
  return { hasWildcards, literal, like, runs };
}

/** The pattern that a text alone matches, whatever it holds. */
export function literally(text: string): string {
  return text.replace(/[%_\\]/g, '\\$&');
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

/** A condition with its bound parameters. */
export interface Condition {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

/** Of a pattern with wildcards, and of one without: that is a text as lists show it, and compared as fast as any. */
const longestPattern = 256;
const longestText = 4096;
const mostRuns = 10;
const mostValues = 500;

/**
 * True where any of the columns, a missing text being an empty one, is like any of the patterns, A to Z in either case: as a whole,
 * or somewhere in it. A longer list than of 500, a pattern with wildcards of over 256 bytes, or one of over 10 runs of `%` is InvalidInput:
 * what a table of a million rows is read for must be cheap a row.
 */
export function likeAny(
  kind: 'sqlite' | 'postgres',
  columns: readonly string[],
  patterns: readonly string[],
  where: 'whole' | 'anywhere' = 'whole',
): Condition {
  checkLength(patterns);
  const likes = patterns.map((pattern) => {
    const like = kind === 'postgres' ? foldCase(likeOf(pattern)) : likeOf(pattern);
    return where === 'anywhere' ? `%${like}%` : like;
  });
  // SQLite's own LIKE folds A to Z, three times as fast as to fold the column first.
  const texts = columns.map((column) => (kind === 'postgres' ? foldedColumn(kind, column) : `coalesce(${column}, '')`));
  const tests = likes.flatMap(() => texts.map((text) => `${text} like ? escape '${likeEscape}'`));
  return { sql: `(${tests.join(' or ')})`, params: likes.flatMap((like) => texts.map(() => like)) };
}

/** True where the column is one of the values, of which there must be one; over 500 are InvalidInput. */
export function isOneOf(column: string, values: readonly SqlValue[]): Condition {
  checkLength(values);
  return { sql: `${column} in (${values.map(() => '?').join(', ')})`, params: values };
}

function likeOf(pattern: string): string {
  const bytes = Buffer.byteLength(pattern);
  if (bytes > longestText) throw new InvalidInput('filter', `at most ${longestText} bytes a value`);
  const { like, runs, hasWildcards } = readPattern(pattern);
  if (hasWildcards && bytes > longestPattern) {
    throw new InvalidInput('filter', `at most ${longestPattern} bytes a pattern`);
  }
  if (runs > mostRuns) throw new InvalidInput('filter', `at most ${mostRuns} wildcards % a pattern`);
  return like;
}

function checkLength(values: readonly unknown[]): void {
  if (values.length > mostValues) throw new InvalidInput('filter', `at most ${mostValues} values a condition`);
}
