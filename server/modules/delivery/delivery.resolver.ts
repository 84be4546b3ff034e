import {
  Arg,
  Args,
  Authorized,
  Ctx,
  FieldResolver,
  ID,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { AlertType } from '../../../schema/alert/alert.type.ts';
import { AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { DeadLetterFilter, DeliveryFilter } from '../../../schema/delivery/delivery.input.ts';
import {
  AttemptType,
  DeliveryChanged,
  DeliveryConnection,
  DeliveryType,
  NotificationFate,
} from '../../../schema/delivery/delivery.type.ts';
import { EventSinkType } from '../../../schema/event-sink/event-sink.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

const deliveryId = { description: 'The UUID of the delivery.' };

@Resolver(() => DeliveryType)
export class DeliveryResolver {
  @Authorized('SINKS_READ')
  @Query(() => DeliveryConnection, { description: 'What sinks were told, or are to be; the latest made first.' })
  deliveries(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DeliveryFilter, { nullable: true, description: 'Which deliveries.' })
    filter: DeliveryFilter | null,
    @Ctx() { deliveries, principal }: Context,
  ) {
    return deliveries.page(principal.tenantId, filter, page);
  }

  @Authorized('SINKS_READ')
  @Query(() => DeliveryType, { nullable: true, description: 'One delivery; null when the tenant has none of that id.' })
  delivery(@Arg('id', () => ID, deliveryId) id: string, @Ctx() { deliveries, principal }: Context) {
    return deliveries.get(principal.tenantId, id);
  }

  @Authorized('SINKS_READ')
  @Query(() => [NotificationFate], {
    description: 'What became of an alert for each sink: who was told, who was not, and why; by the age of the sinks.',
  })
  notificationTrail(
    @Arg('alertId', () => ID, { description: 'The number of the alert.' }) alertId: string,
    @Ctx() { deliveries, principal }: Context,
  ) {
    return deliveries.trail(principal.tenantId, alertId);
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => DeliveryType, {
    description: 'Queues a dead letter again: under the same id, attempted at once and then as any other.',
  })
  replayDelivery(@Arg('id', () => ID, deliveryId) id: string, @Ctx() { deliveries, principal }: Context) {
    return deliveries.replay(principal.tenantId, id);
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => Int, { description: 'Queues all dead letters that fit again, and answers how many they are.' })
  replayDeliveries(
    @Arg('filter', () => DeadLetterFilter, { nullable: true, description: 'Which dead letters; left out: all.' })
    filter: DeadLetterFilter | null,
    @Ctx() { deliveries, principal }: Context,
  ) {
    return deliveries.replayAll(principal.tenantId, filter);
  }

  @Authorized('SINKS_READ')
  @Subscription(() => DeliveryChanged, {
    description:
      'Every delivery when it is made, queued or attempted, as it is by then; with `after`, first all since that cursor.',
    subscribe: ({ args, context }) =>
      context.deliveryFeed.follow(context.principal, args.filter ?? {}, args.after ?? null),
  })
  deliveryChanged(
    @Root() step: DeliveryChanged,
    @Arg('filter', () => DeliveryFilter, { nullable: true, description: 'Which deliveries.' })
    _filter: DeliveryFilter | null,
    @Arg('after', () => String, { nullable: true, description: 'Cursor of the last step seen.' }) _after: string | null,
  ): DeliveryChanged {
    return step;
  }

  @FieldResolver(() => EventSinkType, { nullable: true, description: 'Who is told; null once the sink was deleted.' })
  sink(@Root() { sinkId }: DeliveryType, @Ctx() { loaders }: Context) {
    return loaders.eventSink.load(sinkId);
  }

  @FieldResolver(() => AlertType, {
    nullable: true,
    description: 'The latest of the alerts it tells of; null once that was deleted.',
  })
  alert(@Root() { alertId }: DeliveryType, @Ctx() { loaders }: Context) {
    return loaders.alert.load(alertId);
  }

  @FieldResolver(() => AlertGroupType, {
    nullable: true,
    description: 'The group it tells of; null once that was deleted.',
  })
  group(@Root() { groupId }: DeliveryType, @Ctx() { loaders }: Context) {
    return loaders.alertGroup.load(groupId);
  }

  @FieldResolver(() => [AttemptType], { description: 'The attempts so far, the first of them first.' })
  attempts(@Root() { id }: DeliveryType, @Ctx() { loaders }: Context) {
    return loaders.deliveryAttempts.load(id);
  }
}

@Resolver(() => NotificationFate)
export class NotificationFateResolver {
  @FieldResolver(() => EventSinkType, { nullable: true, description: 'The sink; null once it was deleted.' })
  sink(@Root() { sinkId }: NotificationFate, @Ctx() { loaders }: Context) {
    return loaders.eventSink.load(sinkId);
  }
}
