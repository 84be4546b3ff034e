import { Arg, Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { AlertGroupFilter, AlertGroupOrder } from '../../../schema/alert-group/alert-group.input.ts';
import { AlertGroupConnection } from '../../../schema/alert-group/alert-group.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class AlertGroupResolver {
  @Authorized('ALERTS_READ')
  @Query(() => AlertGroupConnection, { description: 'Groups of alike alerts, by default the latest active first.' })
  alertGroups(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => AlertGroupFilter, { nullable: true, description: 'Which groups.' })
    filter: AlertGroupFilter | null,
    @Arg('orderBy', () => AlertGroupOrder, { nullable: true, description: 'In which order.' })
    order: AlertGroupOrder | null,
    @Ctx() { alertGroups, principal }: Context,
  ) {
    return alertGroups.page(principal, filter, order, page);
  }
}
