import { Arg, Args, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { CreateEventSinkInput, UpdateEventSinkInput } from '../../../schema/event-sink/event-sink.input.ts';
import {
  EventSinkConnection,
  EventSinkTest,
  EventSinkType,
  IssuedEventSink,
  SinkDefaults,
} from '../../../schema/event-sink/event-sink.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

const sinkId = { description: 'The UUID of the sink.' };

@Resolver(() => EventSinkType)
export class EventSinkResolver {
  @Authorized('SINKS_READ')
  @Query(() => EventSinkConnection, { description: 'Those who are told of alerts, the oldest first.' })
  eventSinks(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('tenantId', () => ID, {
      nullable: true,
      description: "The tenant, for callers who want to be sure; FORBIDDEN unless it is the caller's own.",
    })
    tenantId: string | null,
    @Ctx() { eventSinks, principal }: Context,
  ) {
    return eventSinks.page(principal.tenantId, page, tenantId);
  }

  @Authorized('SINKS_READ')
  @Query(() => EventSinkType, { nullable: true, description: 'One sink; null when the tenant has none of that id.' })
  eventSink(@Arg('id', () => ID, sinkId) id: string, @Ctx() { eventSinks, principal }: Context) {
    return eventSinks.get(principal.tenantId, id);
  }

  @Authorized('SINKS_READ')
  @Query(() => SinkDefaults, { description: 'What the operator has set for all sinks.' })
  sinkDefaults(@Ctx() { eventSinks }: Context): SinkDefaults {
    return eventSinks.defaults();
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => IssuedEventSink, {
    description: "Makes a sink; the secret that a webhook's posts are signed with is shown this once.",
  })
  createEventSink(
    @Arg('input', () => CreateEventSinkInput, { description: 'What to make.' }) input: CreateEventSinkInput,
    @Ctx() { eventSinks, principal }: Context,
  ) {
    return eventSinks.create(principal.tenantId, input);
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => EventSinkType, { description: 'Changes a sink; what changes nothing leaves `updatedAt` as it is.' })
  updateEventSink(
    @Arg('id', () => ID, sinkId) id: string,
    @Arg('input', () => UpdateEventSinkInput, { description: 'What to change.' }) input: UpdateEventSinkInput,
    @Ctx() { eventSinks, principal }: Context,
  ) {
    return eventSinks.update(principal.tenantId, id, input);
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => EventSinkType, { description: 'Deletes a sink, and answers what it was.' })
  deleteEventSink(@Arg('id', () => ID, sinkId) id: string, @Ctx() { eventSinks, principal }: Context) {
    return eventSinks.delete(principal.tenantId, id);
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => EventSinkTest, {
    description: 'Sends a sample notification at once, also to a sink that is switched off, and answers how it went.',
  })
  testEventSink(@Arg('id', () => ID, sinkId) id: string, @Ctx() { sinkTests, principal }: Context) {
    return sinkTests.run(principal.tenantId, id);
  }

  @Authorized('SINKS_WRITE')
  @Mutation(() => IssuedEventSink, {
    description: 'Gives a webhook a new signing secret, shown this once; the old one signs along for 24 hours.',
  })
  rotateWebhookSecret(@Arg('id', () => ID, sinkId) id: string, @Ctx() { eventSinks, principal }: Context) {
    return eventSinks.rotateSecret(principal.tenantId, id);
  }
}
