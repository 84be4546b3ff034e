import { defineEntity, p } from '@mikro-orm/core';

/** What somebody looks for again and again. Times are epoch milliseconds. */
export const savedViewSchema = defineEntity({
  name: 'SavedView',
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    /** `user <id>`, or `credential <id>` for one that is no user's. */
    ownerId: p.string(),
    name: p.string(),
    screen: p.string(),
    /** JSON. */
    query: p.text(),
    isShared: p.boolean(),
    createdAt: p.bigint('number'),
    updatedAt: p.bigint('number'),
  },
  indexes: [{ name: 'saved_view_owner', properties: ['tenantId', 'ownerId', 'id'] }],
});
