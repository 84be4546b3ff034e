import { type CredentialReader, RequestFailure } from '../kernel/route.ts';

/** An API token as `Authorization: Bearer`: what the vendor calls an API key. Keys of senders open nothing here. */
export const scannerCredential: CredentialReader = {
  kinds: ['API_TOKEN'],
  read: ({ headers }) => {
    const header = headers.authorization?.trim();
    if (!header) return undefined;
    const [, token] = /^bearer +(\S+)$/i.exec(header) ?? [];
    if (token === undefined) {
      throw new RequestFailure({
        code: 'UNAUTHENTICATED',
        message: 'Send the API token as "Authorization: Bearer <token>"',
      });
    }
    return token;
  },
};
