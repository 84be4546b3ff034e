/**
 * The closed list of `extensions.code` values that a GraphQL error of Tocsin can carry.
 * A dialect maps every one of them to its vendor's reply; adding a code here does not compile until all of them do.
 */
export const errorCodes = [
  /** No credential, or one that is unknown, expired or revoked. */
  'UNAUTHENTICATED',
  /** The credential is valid but does not carry the permission the field asks for. */
  'FORBIDDEN',
  /** The caller's input is wrong; `extensions.field` names the offending part where one can be named. */
  'BAD_USER_INPUT',
  /** The named thing does not exist in the caller's tenant. */
  'NOT_FOUND',
  /** The change contradicts what is stored. */
  'CONFLICT',
  /** The request holds more bytes or entries than the configured limit. */
  'TOO_LARGE',
  /** The journal's queue is full; nothing was stored; `extensions.retryAfterSeconds` says when to come again. */
  'OVERLOADED',
  /** Too many requests came from this credential or address; `extensions.retryAfterSeconds` says when to come again. */
  'RATE_LIMITED',
  /** The document is not GraphQL. */
  'GRAPHQL_PARSE_FAILED',
  /** The document does not fit the schema. */
  'GRAPHQL_VALIDATION_FAILED',
  /** The request names a persisted operation that the server does not have: send the document. */
  'PERSISTED_QUERY_NOT_FOUND',
  /** A fault of ours; `extensions.errorId` is what the log calls it. */
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export function isErrorCode(value: unknown): value is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(value);
}
