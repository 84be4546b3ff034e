import { apiTokenCredential } from '../kernel/api-token.ts';

/** What the vendor calls an API token of a user. */
export const intrudectCredential = apiTokenCredential;
