import { retryAfter } from '../kernel/failures.ts';
import type { Failure, Failures, Reply } from '../kernel/route.ts';

const fail =
  (status: number, headers?: Readonly<Record<string, string>>) =>
  ({ message, extra }: Failure): Reply => ({
    status,
    ...(headers && { headers }),
    body: { success: false, error: message, ...extra },
  });

/** A fault of ours is not described to the sender, whatever its message says. */
const ourFault = (): Reply => ({
  status: 500,
  body: { success: false, error: 'The server could not handle the request' },
});

/** Jutsu documents 401 alone; the others keep the shape that its senders can read: `success` and `error`. */
export const jutsuFailures: Failures = {
  UNAUTHENTICATED: fail(401, { 'www-authenticate': 'Bearer' }),
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
