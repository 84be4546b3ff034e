import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type ErrorCode, isErrorCode } from '../../schema/errors.ts';
import { DomainError } from '../errors.ts';
import type { Logger } from '../log.ts';

export type FormatError = (error: unknown) => GraphQLFormattedError & { extensions: { code: ErrorCode } };

/**
 * Makes what a caller may see of an error: one code of the closed list and, for a caller's fault, words and data. A fault of ours
 * is logged under a number and the caller is told that number alone.
 */
export function createFormatError(log: Logger): FormatError {
  return (error) => {
    const cause = causeOf(error);
    const place = placeOf(error);
    if (cause instanceof DomainError) {
      return { ...place, message: cause.message, extensions: { code: cause.code, ...cause.data } };
    }
    const code = codeOf(error);
    if (code !== undefined) return { ...place, message: (error as Error).message, extensions: { code } };
    const errorId = crypto.randomUUID();
    log.error({ err: cause, errorId, path: place.path }, 'An operation failed');
    return { ...place, message: 'Something went wrong here', extensions: { code: 'INTERNAL', errorId } };
  };
}

/** Apollo and graphql-js wrap what a resolver throws. */
function causeOf(error: unknown): unknown {
  let cause = error;
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError;
  return cause;
}

function placeOf(error: unknown): Pick<GraphQLFormattedError, 'locations' | 'path'> {
  if (!(error instanceof GraphQLError)) return {};
  const { locations, path } = error.toJSON();
  return { ...(locations && { locations }), ...(path && { path }) };
}

/** Codes that Apollo gives to a caller's fault under a name of its own. */
const callersFaults = new Set([
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_FOUND',
]);

/** The code of an error that graphql-js or Apollo raised of their own; undefined when it is a fault of ours. */
function codeOf(error: unknown): ErrorCode | undefined {
  if (!(error instanceof GraphQLError)) return undefined;
  const { code } = error.extensions;
  if (isErrorCode(code)) return code;
  if (callersFaults.has(String(code))) return 'BAD_USER_INPUT';
  // Raised before any field ran: the document, its variables or its operation name are wrong.
  return error.path === undefined ? 'BAD_USER_INPUT' : undefined;
}
