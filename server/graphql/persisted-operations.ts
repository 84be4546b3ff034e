import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';

/** Documents by the SHA-256 of their text, in hex. */
export type PersistedOperations = ReadonlyMap<string, string>;

/** What a request says besides its document. */
type Extensions = Readonly<Record<string, unknown>> | null | undefined;

/**
 * The document that a request names by its hash, as Apollo's clients do: `{ persistedQuery: { version: 1, sha256Hash } }`. The operations
 * are those the console was built with, and nobody adds to them; undefined when the request names none, for it has its document with it.
 * Throws for one that is not known: a client then sends the document.
 */
export function persistedDocument(operations: PersistedOperations, extensions: Extensions): string | undefined {
  const named = extensions?.['persistedQuery'];
  if (named === undefined || named === null) return undefined;
  const { version, sha256Hash } = Object(named) as Record<string, unknown>;
  if (version !== 1 || typeof sha256Hash !== 'string') {
    throw new GraphQLError('Only persisted queries of version 1 are known, with a sha256Hash', {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  const document = operations.get(sha256Hash);
  if (document !== undefined) return document;
  throw new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
}

/** Where the console's build writes them, seen from this file as source and as built. */
const manifests = ['../../dist/console/persisted-operations.json', '../../console/persisted-operations.json'];

/** The operations of the console that was built; none where none was. */
export function readPersistedOperations(): PersistedOperations {
  for (const path of manifests) {
    let text: string;
    try {
      text = readFileSync(new URL(path, import.meta.url), 'utf8');
    } catch {
      continue;
    }
    return new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  }
  return new Map();
}
