import { Arg, Authorized, Ctx, ID, Int, Mutation, Query, Resolver } from 'type-graphql';
import {
  NetworkAlertPage,
  NetworkAlertType,
  ServerAlertPage,
  ServerAlertType,
} from '../../../schema/alert/alert.type.ts';
import {
  NetworkAlertOrder,
  NetworkAlertPatterns,
  ServerAlertOrder,
  ServerAlertPatterns,
} from '../../../schema/alert/alert-page.input.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class AlertPageResolver {
  @Authorized('ALERTS_READ')
  @Query(() => NetworkAlertPage, {
    description:
      'Network alerts by the number of a page, the latest happened first unless another order is asked for. See `alerts`.',
  })
  networkAlertPage(
    @Arg('page', () => Int, { defaultValue: 1, description: 'Which page, the first being 1.' }) page: number,
    @Arg('pageSize', () => Int, { defaultValue: 100, description: 'Rows a page, 1 to 1000.' }) pageSize: number,
    @Arg('filter', () => NetworkAlertPatterns, { nullable: true, description: 'Which alerts.' })
    filter: NetworkAlertPatterns | null,
    @Arg('orderBy', () => NetworkAlertOrder, { nullable: true, description: 'In which order.' })
    orderBy: NetworkAlertOrder | null,
    @Ctx() { alerts, principal }: Context,
  ) {
    return alerts.networkPage(principal.tenantId, filter, orderBy, { page, pageSize });
  }

  @Authorized('ALERTS_READ')
  @Query(() => ServerAlertPage, {
    description:
      'Server alerts by the number of a page, the latest happened first unless another order is asked for. See `alerts`.',
  })
  serverAlertPage(
    @Arg('page', () => Int, { defaultValue: 1, description: 'Which page, the first being 1.' }) page: number,
    @Arg('pageSize', () => Int, { defaultValue: 100, description: 'Rows a page, 1 to 1000.' }) pageSize: number,
    @Arg('filter', () => ServerAlertPatterns, { nullable: true, description: 'Which alerts.' })
    filter: ServerAlertPatterns | null,
    @Arg('orderBy', () => ServerAlertOrder, { nullable: true, description: 'In which order.' })
    orderBy: ServerAlertOrder | null,
    @Ctx() { alerts, principal }: Context,
  ) {
    return alerts.serverPage(principal.tenantId, filter, orderBy, { page, pageSize });
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => NetworkAlertType, {
    description: 'Deletes a network alert and its packets, and answers what it was without them. Its event stays.',
  })
  deleteNetworkAlert(
    @Arg('id', () => ID, { description: 'Its number.' }) id: string,
    @Ctx() { alerts, principal }: Context,
  ) {
    return alerts.deleteNetworkAlert(principal, id);
  }

  @Authorized('ALERTS_WRITE')
  @Mutation(() => ServerAlertType, {
    description: 'Deletes a server alert, and answers what it was. Its event stays.',
  })
  deleteServerAlert(
    @Arg('id', () => ID, { description: 'Its number.' }) id: string,
    @Ctx() { alerts, principal }: Context,
  ) {
    return alerts.deleteServerAlert(principal, id);
  }
}
