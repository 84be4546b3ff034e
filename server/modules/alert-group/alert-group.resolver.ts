import { Arg, Args, Authorized, Ctx, Extensions, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { AlertConnection, AlertType } from '../../../schema/alert/alert.type.ts';
import { AlertGroupFilter, AlertGroupOrder } from '../../../schema/alert-group/alert-group.input.ts';
import { AlertGroupConnection, AlertGroupType } from '../../../schema/alert-group/alert-group.type.ts';
import { GroupReasonType } from '../../../schema/alert-group/group-reason.type.ts';
import { DeliveryType } from '../../../schema/delivery/delivery.type.ts';
import { DeviceType } from '../../../schema/device/device.type.ts';
import { FewArgs, FewPageArgs, PageArgs } from '../../../schema/paging/page.args.ts';
import { glanceSize } from '../../../schema/paging/page-size.ts';
import { SilenceType } from '../../../schema/silence/silence.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => AlertGroupType)
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

  @FieldResolver(() => [String], { description: 'What its alerts have in common, in words.' })
  groupedBecause(@Root() { fingerprint }: AlertGroupType, @Ctx() { alertGroups }: Context) {
    return alertGroups.groupedBecause(fingerprint);
  }

  @FieldResolver(() => AlertConnection, {
    description: 'Its alerts, the latest received first; one look-up for all groups of a list.',
  })
  alerts(
    @Root() group: AlertGroupType,
    @Args(() => FewPageArgs) { first, after }: FewPageArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.alertGroupAlerts.load({ group, first, after });
  }

  @Extensions({ atMost: glanceSize })
  @FieldResolver(() => [AlertType], { description: 'Its latest received alerts, three at most, the latest first.' })
  latestAlerts(@Root() { id }: AlertGroupType, @Ctx() { loaders }: Context) {
    return loaders.alertGroupGlance.load(id);
  }

  @Extensions({ atMost: 2 })
  @FieldResolver(() => [DeviceType], {
    description:
      'The devices that have the addresses its alerts name, two at most: at the source first, then at the destination. Takes DEVICES_READ.',
  })
  devices(@Root() { lastAlertId }: AlertGroupType, @Ctx() { loaders }: Context) {
    return loaders.alertGroupDevices.load(lastAlertId);
  }

  @Extensions({ atMost: 6 })
  @FieldResolver(() => [GroupReasonType], { description: 'What its alerts have in common, one thing at a time.' })
  because(@Root() { fingerprint }: AlertGroupType, @Ctx() { alertGroups }: Context) {
    return alertGroups.reasonsOf(fingerprint);
  }

  @Extensions({ atMost: 3 })
  @FieldResolver(() => [SilenceType], {
    description:
      'The silences in force that hold back notifications of its latest alert, the first made first; three at most.',
  })
  silences(@Root() { lastAlertId }: AlertGroupType, @Ctx() { loaders }: Context) {
    return loaders.alertGroupSilences.load(lastAlertId);
  }

  @FieldResolver(() => [DeliveryType], {
    description: 'What sinks were told of it, or are to be; the latest made first. Takes SINKS_READ.',
  })
  deliveries(@Root() group: AlertGroupType, @Args(() => FewArgs) { first }: FewArgs, @Ctx() { loaders }: Context) {
    return loaders.alertGroupDeliveries.load({ group, first });
  }
}
