import { Arg, Args, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { EventType } from '../../../schema/event/event.type.ts';
import { DnsActivityType, TcpActivityType } from '../../../schema/flow-record/flow-activity.type.ts';
import { FlowKind } from '../../../schema/flow-record/flow-record.enum.ts';
import { FlowRecordFilter } from '../../../schema/flow-record/flow-record.input.ts';
import { FlowRecordConnection, FlowRecordType } from '../../../schema/flow-record/flow-record.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import { TimeRange } from '../../../schema/paging/time-range.input.ts';
import type { Context } from '../../context.ts';

const span = { description: 'From when to when: both ends, at most 92 days apart.' };
const sources = { nullable: true, description: 'Only of any of these addresses.' };

@Resolver(() => FlowRecordType)
export class FlowRecordResolver {
  @Authorized('DATA_READ')
  @Query(() => FlowRecordConnection, { description: 'What sensors recorded of traffic, the latest first.' })
  flowRecords(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('kind', () => [FlowKind], { nullable: true, description: 'Any of these kinds; all when left out.' })
    kinds: FlowKind[] | null,
    @Arg('filter', () => FlowRecordFilter, { nullable: true, description: 'Which records.' })
    filter: FlowRecordFilter | null,
    @Ctx() { flowRecords, principal }: Context,
  ) {
    return flowRecords.page(principal.tenantId, kinds, filter, page);
  }

  @Authorized('DATA_READ')
  @Query(() => [DnsActivityType], {
    description: 'Look-ups by quarters of an hour (UTC) that had any, earliest first.',
  })
  dnsActivity(
    @Arg('span', () => TimeRange, span) range: TimeRange,
    @Arg('sourceIp', () => [String], sources) sourceIp: string[] | null,
    @Ctx() { flowRecords, principal }: Context,
  ) {
    return flowRecords.dnsActivity(principal.tenantId, range, sourceIp);
  }

  @Authorized('DATA_READ')
  @Query(() => [TcpActivityType], {
    description: 'Connections by quarters of an hour (UTC) that had any, earliest first.',
  })
  tcpActivity(
    @Arg('span', () => TimeRange, span) range: TimeRange,
    @Arg('sourceIp', () => [String], sources) sourceIp: string[] | null,
    @Ctx() { flowRecords, principal }: Context,
  ) {
    return flowRecords.tcpActivity(principal.tenantId, range, sourceIp);
  }

  @FieldResolver(() => EventType, { nullable: true, description: 'The event it came with.' })
  event(@Root() { eventId }: FlowRecordType, @Ctx() { loaders }: Context) {
    return eventId === null ? null : loaders.event.load(eventId);
  }
}
