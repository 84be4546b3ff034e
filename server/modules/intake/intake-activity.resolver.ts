import { Authorized, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { IntakeActivity } from '../../../schema/intake/intake.type.ts';
import { RejectedEventType } from '../../../schema/rejected-event/rejected-event.type.ts';
import type { Context } from '../../context.ts';
import type { IntakeActivityNode } from './intake-activity.repository.ts';

@Resolver(() => IntakeActivity)
export class IntakeActivityResolver {
  @Authorized('EVENTS_READ')
  @FieldResolver(() => RejectedEventType, { nullable: true, description: 'The latest record that was rejected.' })
  lastRejected(@Root() { lastRejectedId }: IntakeActivityNode, @Ctx() { loaders }: Context) {
    return lastRejectedId === null ? null : loaders.rejectedEvent.load(lastRejectedId);
  }
}
