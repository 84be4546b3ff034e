import type { Failure, Failures, Reply } from '../kernel/route.ts';

const fail =
  (status: number) =>
  (failure: Failure): Reply => ({ status, body: { error: inWireWords(failure) } });

/** A fault of ours is not described to the caller, whatever its message says. */
const ourFault = (): Reply => ({ status: 500, body: { error: 'The server could not handle the request' } });

/** The vendor prints no failures: statuses are HTTP's own, and each says one `error`. */
export const scannerFailures: Failures = {
  UNAUTHENTICATED: (failure) => ({ ...fail(401)(failure), headers: { 'www-authenticate': 'Bearer' } }),
  FORBIDDEN: fail(403),
  BAD_USER_INPUT: fail(400),
  NOT_FOUND: fail(404),
  CONFLICT: fail(409),
  TOO_LARGE: fail(413),
  OVERLOADED: (failure) => ({ ...fail(503)(failure), headers: { 'retry-after': retryAfter(failure) } }),
  GRAPHQL_PARSE_FAILED: ourFault,
  GRAPHQL_VALIDATION_FAILED: ourFault,
  INTERNAL: ourFault,
};

/** Names of Tocsin's that are not this API's in another spelling; undefined where this API has no name to put first. */
const wireNames = new Map<string, string | undefined>([
  ['oauthCode', 'slack_oauth_code'],
  ['after', 'pagination[page_token]'],
  ['input', undefined],
]);

/** A message begins with the name of the input that is wrong: callers know it by another. */
function inWireWords({ message, field }: Failure): string {
  if (field === undefined || !message.startsWith(`${field}: `)) return message;
  const problem = message.slice(field.length + 2);
  const name = wireNames.has(field)
    ? wireNames.get(field)
    : field.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return name === undefined ? problem : `${name}: ${problem}`;
}

function retryAfter({ retryAfterSeconds = 1 }: Failure): string {
  return String(Math.max(1, Math.ceil(retryAfterSeconds)));
}
