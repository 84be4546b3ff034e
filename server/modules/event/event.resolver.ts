import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { EventFilter } from '../../../schema/event/event.input.ts';
import { EventConnection, EventType } from '../../../schema/event/event.type.ts';
import { IntakeType } from '../../../schema/intake/intake.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';
import type { EventNode } from './event.repository.ts';

@Resolver(() => EventType)
export class EventResolver {
  @Authorized('EVENTS_READ')
  @Query(() => EventConnection, { description: 'Events, the latest received first.' })
  events(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => EventFilter, { nullable: true, description: 'Which events.' }) filter: EventFilter | null,
    @Ctx() { events, principal }: Context,
  ) {
    return events.page(principal, filter ?? {}, page);
  }

  @Authorized('EVENTS_READ')
  @Query(() => EventType, { nullable: true, description: 'One event; null when the tenant has none of that id.' })
  event(@Arg('id', () => ID, { description: 'Its UUID.' }) id: string, @Ctx() { loaders }: Context) {
    return loaders.event.load(id);
  }

  @FieldResolver(() => IntakeType, { nullable: true, description: 'The stream it came by.' })
  intake(@Root() { intakeId }: EventNode, @Ctx() { loaders }: Context) {
    return loaders.intake.load(intakeId);
  }

  @FieldResolver(() => GraphQLJSONObject, {
    description:
      'The record as flat fields with the names of the Elastic Common Schema, worked out of its raw text when asked for: at most 200, long values cut.',
  })
  fields(@Root() event: EventNode, @Ctx() { events }: Context) {
    return events.fieldsOf(event);
  }
}
