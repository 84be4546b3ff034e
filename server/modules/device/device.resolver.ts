import { Arg, Args, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { DeviceFilter, UpdateDeviceInput } from '../../../schema/device/device.input.ts';
import { DeviceAddressType, DeviceConnection, DeviceType } from '../../../schema/device/device.type.ts';
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
