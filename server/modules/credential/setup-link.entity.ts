import { defineEntity, p } from '@mikro-orm/core';

/** A link that sets a password once; only the keyed hash of its secret is kept. Times are epoch milliseconds. */
export const setupLinkSchema = defineEntity({
  name: 'SetupLink',
  properties: {
    id: p.uuid().primary(),
    /** Whose password it sets; null: it makes the first person of an installation. */
    userId: p.uuid().nullable(),
    secretHash: p.string().unique(),
    createdAt: p.bigint('number'),
    expiresAt: p.bigint('number'),
    usedAt: p.bigint('number').nullable(),
  },
});
