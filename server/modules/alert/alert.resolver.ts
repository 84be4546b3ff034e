import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { AlertFilter, AlertOrder } from '../../../schema/alert/alert.input.ts';
import { AlertConnection, AlertType } from '../../../schema/alert/alert.type.ts';
import { AlertActivity } from '../../../schema/alert/alert-activity.type.ts';
import { AlertRaised } from '../../../schema/alert/alert-raised.type.ts';
import { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { EventType } from '../../../schema/event/event.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import { TimeRange } from '../../../schema/paging/time-range.input.ts';
import type { Context } from '../../context.ts';

@Resolver(() => AlertType)
export class AlertResolver {
  @Authorized('ALERTS_READ')
  @Query(() => AlertConnection, { description: 'Alerts, by default the latest received first.' })
  alerts(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AlertFilter, { nullable: true, description: 'Which alerts.' }) filter: AlertFilter | null,
    @Arg('orderBy', () => AlertOrder, { nullable: true, description: 'In which order.' }) order: AlertOrder | null,
    @Ctx() { alerts, principal }: Context,
  ) {
    return alerts.page(principal, filter, order, page);
  }

  @Authorized('ALERTS_READ')
  @Query(() => AlertType, { nullable: true, description: 'One alert; null when the tenant has none of that id.' })
  alert(@Arg('id', () => ID, { description: 'Its number.' }) id: string, @Ctx() { alerts, principal }: Context) {
    return alerts.byId(principal.tenantId, id);
  }

  @Authorized('ALERTS_READ')
  @Query(() => [AlertActivity], {
    description:
      'How many alerts happened when: by stretches of equal length counted from the epoch (UTC), whatever clocks people have, that had any, the earliest first.',
  })
  alertActivity(
    @Arg('span', () => TimeRange, { description: 'From when to when: both ends, at most 92 days apart.' })
    span: TimeRange,
    @Arg('bucketMinutes', () => Int, {
      defaultValue: 60,
      description: 'The length of a stretch, 1 to 1440 minutes; the span has at most 1500.',
    })
    bucketMinutes: number,
    @Ctx() { alerts, principal }: Context,
  ) {
    return alerts.activity(principal.tenantId, span, bucketMinutes);
  }

  @Authorized('ALERTS_READ')
  @Subscription(() => AlertRaised, {
    description: 'Every alert as it is raised, pushed once it is on disk; with `after`, first all since that cursor.',
    subscribe: ({ args, context }) => context.feed.follow(context.principal, args.filter ?? {}, args.after ?? null),
  })
  alertRaised(
    @Root() step: AlertRaised,
    @Arg('filter', () => AlertFilter, { nullable: true, description: 'Which alerts.' }) _filter: AlertFilter | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last step seen.' }) _after: string | null,
  ): AlertRaised {
    return step;
  }

  @FieldResolver(() => AlertGroupType, { description: 'The group it was put in.' })
  group(@Root() { groupId, deleted }: AlertType, @Ctx() { loaders }: Context) {
    return deleted?.group ?? loaders.alertGroup.load(groupId);
  }

  @FieldResolver(() => EventType, { nullable: true, description: 'The event it was made from.' })
  event(@Root() { eventId }: AlertType, @Ctx() { loaders }: Context) {
    return loaders.event.load(eventId);
  }
}
