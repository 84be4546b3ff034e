import { type CredentialReader, type DialectRequest, RequestFailure } from '../kernel/route.ts';

/** An ingest key in `X-API-Key` or as `Authorization: Bearer`; both may be sent if they agree. */
export const jutsuCredential: CredentialReader = {
  kinds: ['INGEST_KEY'],
  read: ({ headers }) => {
    const key = readKeyHeader(headers['x-api-key']);
    const bearer = readBearer(headers.authorization);
    if (key !== undefined && bearer !== undefined && key !== bearer) {
      throw unauthenticated('X-API-Key and Authorization disagree: send one ingest key');
    }
    return key ?? bearer;
  },
};

function readKeyHeader(value: DialectRequest['headers'][string]): string | undefined {
  // Node joins a header sent twice with a comma: no key has one, so that is an unknown key, not a choice of two.
  return (typeof value === 'string' ? value : value?.join(','))?.trim() || undefined;
}

/** An `Authorization` of another scheme is a credential too, only none that opens this dialect. */
function readBearer(value: string | undefined): string | undefined {
  const header = value?.trim();
  if (!header) return undefined;
  const space = header.indexOf(' ');
  if (space === -1 || header.slice(0, space).toLowerCase() !== 'bearer') {
    throw unauthenticated('Send the ingest key as "Authorization: Bearer <key>" or in X-API-Key');
  }
  return header.slice(space + 1).trim();
}

function unauthenticated(message: string): RequestFailure {
  return new RequestFailure({ code: 'UNAUTHENTICATED', message });
}
