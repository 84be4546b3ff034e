import type { CredentialReader, DialectRequest } from '../kernel/route.ts';

/** The key of a registered appliance, in `X-Device-Key`. */
export const deviceCredential: CredentialReader = {
  kinds: ['DEVICE_KEY'],
  read: ({ headers }) => readHeader(headers['x-device-key']),
};

/** Enough for any registration, too little to be a burden from a stranger. */
const mostRegistrationBytes = 16 * 1024;

/** A provisioning key, in `X-Provisioning-Key` or as `registration_key` of the body. */
export const provisioningCredential: CredentialReader = {
  kinds: ['PROVISIONING_KEY'],
  read: ({ headers }) => readHeader(headers['x-provisioning-key']),
  inBody: { maxBytes: mostRegistrationBytes, read: readRegistrationKey },
};

/** An API token in the query, because browsers cannot set a header on a WebSocket. */
export const tokenCredential: CredentialReader = {
  kinds: ['API_TOKEN'],
  read: ({ query }) => {
    const [token, ...others] = query.getAll('token');
    // One request, one credential: of two tokens none is taken.
    return others.length === 0 ? token?.trim() || undefined : undefined;
  },
};

function readHeader(value: DialectRequest['headers'][string]): string | undefined {
  // Node joins a header sent twice with a comma: no key has one, so that is an unknown key, not a choice of two.
  return (typeof value === 'string' ? value : value?.join(','))?.trim() || undefined;
}

/** What is no JSON holds no key: to a stranger that is the same fault as a wrong one. */
function readRegistrationKey(text: string): string | undefined {
  try {
    const { registration_key: key } = Object(JSON.parse(text));
    return typeof key === 'string' ? key.trim() || undefined : undefined;
  } catch {
    return undefined;
  }
}
