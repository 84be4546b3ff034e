import type { Failure, Failures, Reply } from './route.ts';

/** A dialect's words for what was wrong; by default ours. */
type Words = (failure: Failure) => string;

/** A fault of ours is not described to the caller, whatever its message says. */
export const ourFault = (): Reply => ({ status: 500, body: { error: 'The server could not handle the request' } });

/** Whole seconds to wait, at least one, as RFC 9110 has them in `Retry-After`. */
export function retryAfter({ retryAfterSeconds = 1 }: Failure): string {
  return String(Math.max(1, Math.ceil(retryAfterSeconds)));
}

/** The replies of a dialect that says one `error` under HTTP's own statuses, and takes its credential as a bearer token. */
export function errorReplies(words: Words = ({ message }) => message): Failures {
  const fail =
    (status: number) =>
    (failure: Failure): Reply => ({ status, body: { error: words(failure) } });
  return {
    UNAUTHENTICATED: (failure) => ({ ...fail(401)(failure), headers: { 'www-authenticate': 'Bearer' } }),
    FORBIDDEN: fail(403),
    BAD_USER_INPUT: fail(400),
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
}

/**
 * A message begins with the name of the input that is wrong: callers know it in snake case, or by the name given here; undefined where
 * the dialect has no name to put first.
 */
export function namedAs(names: ReadonlyMap<string, string | undefined>): Words {
  return ({ message, field }) => {
    if (field === undefined || !message.startsWith(`${field}: `)) return message;
    const problem = message.slice(field.length + 2);
    const name = names.has(field)
      ? names.get(field)
      : field.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return name === undefined ? problem : `${name}: ${problem}`;
  };
}
