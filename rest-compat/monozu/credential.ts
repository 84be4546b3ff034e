import type { CredentialReader, DialectRequest } from '../kernel/route.ts';

/** The key of a registered appliance, in `X-Device-Key`. */
export const deviceCredential: CredentialReader = {
  kinds: ['DEVICE_KEY'],
  read: ({ headers }) => readHeader(headers['x-device-key']),
};

/** A provisioning key in `X-Provisioning-Key`; the public form has it in the body instead. */
export const provisioningCredential: CredentialReader = {
  kinds: ['PROVISIONING_KEY'],
  read: ({ headers }) => readHeader(headers['x-provisioning-key']),
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
