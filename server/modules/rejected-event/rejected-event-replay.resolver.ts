import { Authorized, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { EventType } from '../../../schema/event/event.type.ts';
import { RejectedEventReplayType } from '../../../schema/rejected-event/rejected-event-replay.type.ts';
import type { Context } from '../../context.ts';
import type { RejectedEventReplayNode } from './rejected-event.repository.ts';

@Resolver(() => RejectedEventReplayType)
export class RejectedEventReplayResolver {
  @Authorized('EVENTS_READ')
  @FieldResolver(() => EventType, { nullable: true, description: 'The event that it has become.' })
  event(@Root() { eventId }: RejectedEventReplayNode, @Ctx() { loaders }: Context) {
    return eventId === null ? null : loaders.event.load(eventId);
  }
}
