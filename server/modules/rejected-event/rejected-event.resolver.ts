import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { IngestFormat } from '../../../schema/ingest/ingest-format.enum.ts';
import { IntakeType } from '../../../schema/intake/intake.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import { RejectedEventConnection, RejectedEventType } from '../../../schema/rejected-event/rejected-event.type.ts';
import { RejectedEventReplayType } from '../../../schema/rejected-event/rejected-event-replay.type.ts';
import type { Context } from '../../context.ts';
import type { RejectedEventNode } from './rejected-event.repository.ts';

@Resolver(() => RejectedEventType)
export class RejectedEventResolver {
  @Authorized('EVENTS_READ')
  @Query(() => RejectedEventConnection, { description: 'Input that could not be accepted, the latest first.' })
  rejectedEvents(@Args(() => PageArgs) page: PageArgs, @Ctx() { rejectedEvents, principal }: Context) {
    return rejectedEvents.page(principal.tenantId, page);
  }

  @Authorized('EVENTS_INGEST')
  @Mutation(() => RejectedEventReplayType, {
    description:
      'Takes rejected input in again, by the intake that it came by; accepted, it is an event and no rejected one any more.',
  })
  replayRejectedEvent(
    @Arg('id', () => ID, { description: 'The rejected event.' }) id: string,
    @Arg('format', () => IngestFormat, {
      nullable: true,
      description: 'How to read it this time; left out: as it came. Of input that has no format it has to be named.',
    })
    format: IngestFormat | null,
    @Ctx() { rejectedEventReplays, principal }: Context,
  ): Promise<RejectedEventReplayType> {
    return rejectedEventReplays.replay(principal, id, format);
  }

  @FieldResolver(() => IntakeType, { nullable: true, description: 'The stream it came by.' })
  intake(@Root() { intakeId }: RejectedEventNode, @Ctx() { loaders }: Context) {
    return loaders.intake.load(intakeId);
  }
}
