import { type CredentialReader, type DialectRequest, RequestFailure } from '../kernel/route.ts';

const headerName = 'x-sekoiaio-intake-key';
/** Senders that can set no header: one vendor's own form, and that of a service which turns such parameters into headers. */
const queryNames = ['intake_key', `header_${headerName}`];

/** No key is this long. A longer text is cut, and so unknown as before, for the cost of a short one. */
const longestKey = 256;

/** An intake key in the header, as password of Basic or in the query; in several places if they agree. Bodies are the routes' matter. */
export const sekoiaCredential: CredentialReader = {
  kinds: ['INTAKE_KEY'],
  read: ({ headers, query }) => {
    const asked = [...query].flatMap(([name, value]) => (queryNames.includes(name.toLowerCase()) ? [value] : []));
    return agreedKey([headers[headerName], readPassword(headers.authorization), ...asked]);
  },
};

/**
 * The one key that several places hold, undefined when none does: absent, null and empty are no key. Throws UNAUTHENTICATED
 * when they contradict each other.
 */
export function agreedKey(places: readonly unknown[]): string | undefined {
  const [key, ...others] = new Set(places.flatMap((place) => readKey(place) ?? []));
  if (others.length > 0) {
    throw new RequestFailure({ code: 'UNAUTHENTICATED', message: 'The request holds different intake keys: send one' });
  }
  return key;
}

/** What is no text is no key either, but it is something sent as one: it has to be refused as unknown. */
function readKey(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.trim().slice(0, longestKey) || undefined;
}

/** The user name says nothing: senders leave it empty, or have to fill in something. Other schemes are not this dialect's. */
function readPassword(authorization: DialectRequest['headers'][string]): string | undefined {
  const [, encoded] = /^\s*basic +(\S+)\s*$/i.exec(String(authorization ?? '')) ?? [];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon === -1 ? undefined : pair.slice(colon + 1);
}
