import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { BackupEventConnection, BackupEventFilter, BackupEventType } from '../../../schema/backup/backup-event.type.ts';
import { EventType } from '../../../schema/event/event.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

@Resolver(() => BackupEventType)
export class BackupResolver {
  @Authorized('DATA_READ')
  @Query(() => BackupEventConnection, { description: 'What became of backup jobs, the latest first.' })
  backupEvents(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => BackupEventFilter, { nullable: true, description: 'Which backup events.' })
    filter: BackupEventFilter | null,
    @Ctx() { backups, principal }: Context,
  ) {
    return backups.page(principal.tenantId, filter, page);
  }

  @FieldResolver(() => EventType, { nullable: true, description: 'The event it came with.' })
  event(@Root() { eventId }: BackupEventType, @Ctx() { loaders }: Context) {
    return eventId === null ? null : loaders.event.load(eventId);
  }
}
