import { ourFault, retryAfter } from '../kernel/failures.ts';
import type { Failure, Failures, Reply } from '../kernel/route.ts';

const fail =
  (status: number) =>
  ({ message }: Failure): Reply => ({ status, body: { error: message } });

/** The vendor documents the statuses 400, 401 and 413 of its ingestor and no body; `error` is the field that its kind of API has. */
export const monozuFailures: Failures = {
  // One text for every reason: a stranger must not learn whether a key was missing, unknown or revoked, or what else did not fit.
  UNAUTHENTICATED: () => ({ status: 401, body: { error: 'A valid key is needed' } }),
  FORBIDDEN: fail(403),
  BAD_USER_INPUT: refuseInput,
  NOT_FOUND: fail(404),
  CONFLICT: fail(409),
  TOO_LARGE: fail(413),
  OVERLOADED: (failure) => ({ ...fail(503)(failure), headers: { 'retry-after': retryAfter(failure) } }),
  RATE_LIMITED: (failure) => ({ ...fail(429)(failure), headers: { 'retry-after': retryAfter(failure) } }),
  GRAPHQL_PARSE_FAILED: ourFault,
  GRAPHQL_VALIDATION_FAILED: ourFault,
  PERSISTED_QUERY_NOT_FOUND: ourFault,
  INTERNAL: ourFault,
};

/** A bad event of a batch is named by its place in the array. */
function refuseInput({ message, field = '' }: Failure): Reply {
  const [, index] = /^events\.(\d+)$/.exec(field) ?? [];
  if (index === undefined) return { status: 400, body: { error: message } };
  return { status: 400, body: { error: message.replace(`${field}: `, ''), index: Number(index) } };
}
