import { gql, type TypedDocumentNode } from '@urql/core';

/** SHA-256 of an operation's text by the operation's name: what a server that knows the console needs to be sent of it. */
export const operationHashes = new Map<string, string>();

/** What the cache has to know of an operation: the types of which an answer may come to hold some. */
const contexts = new WeakMap<object, { readonly additionalTypenames: string[] }>();

const unknown = { additionalTypenames: [] };

/** Without it a change would not be seen by a list that was empty before: urql knows the types of what an answer holds alone. */
export function contextOf(document: object): { additionalTypenames: string[] } {
  return contexts.get(document) ?? unknown;
}

/** An operation with the types of what it takes and answers; `npm run codegen` writes the calls. */
export function operation<Data, Variables extends Record<string, unknown>>(
  hash: string,
  types: string[],
  text: string,
): TypedDocumentNode<Data, Variables> {
  const [, name = ''] = /^\w+ (\w+)/.exec(text) ?? [];
  operationHashes.set(name, hash);
  const document = gql<Data, Variables>(text);
  contexts.set(document, { additionalTypenames: types });
  return document;
}
