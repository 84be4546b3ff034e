import type { SearchSubject } from '../../schema/search/search.enum.ts';

export type { SearchSubject };

/** What a field is held against. A missing value meets no test. */
export type FieldTest =
  /** Texts in lower case as `foldCase` has it; numbers and names of enums as they are stored. */
  | { readonly kind: 'oneOf'; readonly values: readonly (string | number)[] }
  /** A pattern of SQL's `like` with `!` before what is meant literally, in lower case. */
  | { readonly kind: 'like'; readonly pattern: string }
  | { readonly kind: 'present' }
  /** Whole numbers, both ends included; null: no end. */
  | { readonly kind: 'range'; readonly low: number | null; readonly high: number | null }
  /** Addresses as `ipKey` has them, both ends included. */
  | { readonly kind: 'addresses'; readonly low: string; readonly high: string }
  /** Instants in epoch milliseconds, `to` excluded; null: no end. */
  | { readonly kind: 'span'; readonly from: number | null; readonly to: number | null }
  /** A person, a device or an intake as somebody calls it; stands for ids once it has been looked up. */
  | { readonly kind: 'named'; readonly name: string; readonly pattern: string; readonly at: number };

/** A search as the parser understands it. `all` of nothing is everything, `any` of nothing is nothing. */
export type SearchNode =
  | { readonly kind: 'all' | 'any'; readonly of: readonly SearchNode[] }
  | { readonly kind: 'not'; readonly of: SearchNode }
  /** Words that all occur in title or message, each perhaps only begun. */
  | { readonly kind: 'words'; readonly words: readonly string[] }
  /** A text, in lower case, that title or message holds. */
  | { readonly kind: 'text'; readonly pattern: string }
  | { readonly kind: 'field'; readonly field: string; readonly test: FieldTest };

/** A search of one subject in which every name has been looked up. */
export interface Search {
  readonly subject: SearchSubject;
  readonly node: SearchNode;
  /** When it was asked, in epoch milliseconds. */
  readonly now: number;
}

export type FieldNode = Extract<SearchNode, { kind: 'field' }>;

export function isEverything(node: SearchNode): boolean {
  return node.kind === 'all' && node.of.length === 0;
}
