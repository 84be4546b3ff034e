import { gql, type TypedDocumentNode } from '@urql/core';

/** SHA-256 of an operation's text by the operation's name: what a server that knows the console needs to be sent of it. */
export const operationHashes = new Map<string, string>();

/** An operation with the types of what it takes and answers; `npm run codegen` writes the calls. */
export function operation<Data, Variables extends Record<string, unknown>>(
  hash: string,
  text: string,
): TypedDocumentNode<Data, Variables> {
  const [, name = ''] = /^\w+ (\w+)/.exec(text) ?? [];
  operationHashes.set(name, hash);
  return gql<Data, Variables>(text);
}
