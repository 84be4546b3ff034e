import { foldWord } from './words.ts';

/** What is asked of full text: terms, each perhaps only begun, that all or any occur. */
export type TextQuery =
  | { readonly kind: 'term' | 'word'; readonly term: string; readonly isBegun: boolean }
  | { readonly kind: 'all' | 'any'; readonly of: readonly TextQuery[] };

/** A term of a field (see search-terms.ts), perhaps only begun. */
export function term(text: string, isBegun = false): TextQuery {
  return { kind: 'term', term: text, isBegun };
}

/** Words that all occur, each perhaps only begun. */
export function words(texts: readonly string[]): TextQuery {
  return { kind: 'all', of: texts.map((text) => ({ kind: 'word', term: text, isBegun: true })) };
}

/** The query in the language of the database; it is bound as a parameter. */
export function writeTextQuery(kind: 'sqlite' | 'postgres', query: TextQuery): string {
  if ('of' in query) {
    const joint = { sqlite: { all: ' AND ', any: ' OR ' }, postgres: { all: ' & ', any: ' | ' } }[kind][query.kind];
    return `(${query.of.map((part) => writeTextQuery(kind, part)).join(joint)})`;
  }
  // SQLite folds what it is asked for as it folds what it stores.
  if (kind === 'sqlite') return `"${query.term}"${query.isBegun ? '*' : ''}`;
  return `'${query.kind === 'word' ? foldWord(query.term) : query.term}'${query.isBegun ? ':*' : ''}`;
}

/** SQL that is true for rows whose number the query finds; its one parameter is the written query. */
export function textCondition(kind: 'sqlite' | 'postgres', seq: string): string {
  return kind === 'postgres'
    ? `${seq} in (select seq from event_text where terms @@ ?::tsquery)`
    : `${seq} in (select rowid from event_text where event_text match ?)`;
}
