import { ourFault, retryAfter } from '../kernel/failures.ts';
import type { Failure, Failures, Reply } from '../kernel/route.ts';

const fail =
  (status: number, headers?: Readonly<Record<string, string>>) =>
  ({ message }: Failure): Reply => ({ status, ...(headers && { headers }), body: { error: message } });

/** Senders of this dialect read the status alone: those that come again do so on 5xx, and some of them on any that is not 2xx. */
export const sekoiaFailures: Failures = {
  UNAUTHENTICATED: fail(401, { 'www-authenticate': 'Basic realm="intake"' }),
  FORBIDDEN: fail(403),
  BAD_USER_INPUT: fail(400),
  NOT_FOUND: fail(404),
  CONFLICT: fail(409),
  TOO_LARGE: fail(413),
  OVERLOADED: (failure) => fail(503, { 'retry-after': retryAfter(failure) })(failure),
  RATE_LIMITED: (failure) => fail(429, { 'retry-after': retryAfter(failure) })(failure),
  GRAPHQL_PARSE_FAILED: ourFault,
  GRAPHQL_VALIDATION_FAILED: ourFault,
  PERSISTED_QUERY_NOT_FOUND: ourFault,
  INTERNAL: ourFault,
};
