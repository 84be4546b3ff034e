import { Migrator } from '@mikro-orm/migrations';
import { entities } from './entities.ts';

/** What both databases configure alike. The schema diff leaves full text alone: MikroORM cannot describe it. */
export const ormOptions = {
  entities,
  discovery: { warnWhenNoEntities: true },
  extensions: [Migrator],
  logger: () => {},
  schemaGenerator: { skipTables: [/^event_text/], skipViews: [/^event_text/] },
};

/** Where migrations note what they have done. */
export const migrationOptions = { tableName: 'migration', transactional: true, allOrNothing: true, snapshot: false };
