import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DeviceFilter, DeviceOrder, DevicePatterns, UpdateDeviceInput } from '../../../schema/device/device.input.ts';
import { DeviceAddressType, DeviceConnection, DevicePage, DeviceType } from '../../../schema/device/device.type.ts';
import { NetworkType } from '../../../schema/network/network.type.ts';
import { PageArgs } from '../../../schema/paging/page.args.ts';
import type { Context } from '../../context.ts';

@Resolver(() => DeviceType)
export class DeviceResolver {
  @Authorized('DEVICES_READ')
  @Query(() => DeviceConnection, { description: 'Devices by their last address, those without one first.' })
  devices(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => DeviceFilter, { nullable: true, description: 'Which devices.' }) filter: DeviceFilter | null,
    @Ctx() { devices, principal }: Context,
  ) {
    return devices.page(principal.tenantId, filter, page);
  }

  @Authorized('DEVICES_READ')
  @Query(() => DevicePage, {
    description:
      'Devices by the number of a page, which may be any: for those who cannot page by cursor. See `devices`.',
  })
  devicePage(
    @Arg('page', () => Int, { defaultValue: 1, description: 'Which page, the first being 1.' }) page: number,
    @Arg('pageSize', () => Int, { defaultValue: 100, description: 'Rows a page, 1 to 1000.' }) pageSize: number,
    @Arg('filter', () => DevicePatterns, { nullable: true, description: 'Which devices.' })
    filter: DevicePatterns | null,
    @Arg('orderBy', () => DeviceOrder, { nullable: true, description: 'In which order.' }) orderBy: DeviceOrder | null,
    @Ctx() { devices, principal }: Context,
  ) {
    return devices.numberedPage(principal.tenantId, filter, orderBy, { page, pageSize });
  }

  @Authorized('DEVICES_READ')
  @Query(() => DeviceType, { nullable: true, description: 'One device; null when the tenant has none of that id.' })
  device(@Arg('id', () => ID, { description: 'Its number.' }) id: string, @Ctx() { devices, principal }: Context) {
    return devices.byId(principal.tenantId, id);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => DeviceType, { description: 'Renames a device; a hostname or a friendly name must be left.' })
  updateDevice(
    @Arg('input', () => UpdateDeviceInput, { description: 'The new names.' }) input: UpdateDeviceInput,
    @Ctx() { devices, principal }: Context,
  ) {
    return devices.update(principal.tenantId, input);
  }

  @FieldResolver(() => NetworkType, {
    nullable: true,
    description: 'The network that fits its last address most closely.',
  })
  network(@Root() { lastIp }: DeviceType, @Ctx() { loaders }: Context) {
    return lastIp === null ? null : loaders.networkOfAddress.load(lastIp);
  }

  @FieldResolver(() => Boolean, { description: 'Whether its last address is the gateway of some network.' })
  isGateway(@Root() { lastIp }: DeviceType, @Ctx() { loaders }: Context) {
    return lastIp !== null && loaders.isGateway.load(lastIp);
  }

  @FieldResolver(() => [DeviceAddressType], { description: 'Every address it was seen at, the last one first.' })
  addresses(@Root() { id }: DeviceType, @Ctx() { loaders }: Context) {
    return loaders.deviceAddresses.load(id);
  }
}
