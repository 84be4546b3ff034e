import { Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { IntakeType } from '../../../schema/intake/intake.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import { RejectedEventConnection, RejectedEventType } from '../../../schema/rejected-event/rejected-event.type.ts';
import type { Context } from '../../context.ts';
import type { RejectedEventNode } from './rejected-event.repository.ts';

@Resolver(() => RejectedEventType)
export class RejectedEventResolver {
  @Authorized('EVENTS_READ')
  @Query(() => RejectedEventConnection, { description: 'Input that could not be accepted, the latest first.' })
  rejectedEvents(@Args(() => PageArgs) page: PageArgs, @Ctx() { rejectedEvents, principal }: Context) {
    return rejectedEvents.page(principal.tenantId, page);
  }

  @FieldResolver(() => IntakeType, { nullable: true, description: 'The stream it came by.' })
  intake(@Root() { intakeId }: RejectedEventNode, @Ctx() { loaders }: Context) {
    return loaders.intake.load(intakeId);
  }
}
