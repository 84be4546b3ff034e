import { type CredentialReader, RequestFailure } from './route.ts';

/** An API token as `Authorization: Bearer` (RFC 6750), and nothing else: keys of senders and cookies of people open nothing here. */
export const apiTokenCredential: CredentialReader = {
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
