import { apiTokenCredential } from '../kernel/api-token.ts';

/** What the vendor calls an API key. */
export const scannerCredential = apiTokenCredential;
