import { type CredentialReader, RequestFailure } from '../kernel/route.ts';

/** An API token as `Authorization: Bearer`, and nothing else: keys of agents and cookies of people open nothing here. */
export const intrudectCredential: CredentialReader = {
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
