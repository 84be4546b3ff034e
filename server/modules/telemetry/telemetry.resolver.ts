import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { EventType } from '../../../schema/event/event.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import {
  TelemetryFilter,
  TelemetrySampleConnection,
  TelemetrySampleType,
} from '../../../schema/telemetry/telemetry-sample.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => TelemetrySampleType)
export class TelemetryResolver {
  @Authorized('DATA_READ')
  @Query(() => TelemetrySampleConnection, { description: 'Measurements of appliances, the latest first.' })
  telemetry(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => TelemetryFilter, { nullable: true, description: 'Which samples.' })
    filter: TelemetryFilter | null,
    @Ctx() { telemetry, principal }: Context,
  ) {
    return telemetry.page(principal.tenantId, filter, page);
  }

  @FieldResolver(() => EventType, { nullable: true, description: 'The event it came with.' })
  event(@Root() { eventId }: TelemetrySampleType, @Ctx() { loaders }: Context) {
    return eventId === null ? null : loaders.event.load(eventId);
  }
}
