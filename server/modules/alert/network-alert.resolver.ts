import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { NetworkAlertType } from '../../../schema/alert/alert.type.ts';
import { DeviceType } from '../../../schema/device/device.type.ts';
import { NetworkType } from '../../../schema/network/network.type.ts';
import { PacketCaptureType } from '../../../schema/packet-capture/packet-capture.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => NetworkAlertType)
export class NetworkAlertResolver {
  @FieldResolver(() => DeviceType, { nullable: true, description: 'The device that has the source address now.' })
  sourceDevice(@Root() { sourceIp }: NetworkAlertType, @Ctx() { loaders }: Context) {
    return loaders.deviceAtAddress.load(sourceIp);
  }

  @FieldResolver(() => DeviceType, { nullable: true, description: 'The device that has the destination address now.' })
  destinationDevice(@Root() { destinationIp }: NetworkAlertType, @Ctx() { loaders }: Context) {
    return loaders.deviceAtAddress.load(destinationIp);
  }

  @FieldResolver(() => NetworkType, {
    nullable: true,
    description: 'The network that fits the source address most closely.',
  })
  sourceNetwork(@Root() { sourceIp }: NetworkAlertType, @Ctx() { loaders }: Context) {
    return loaders.networkOfAddress.load(sourceIp);
  }

  @FieldResolver(() => NetworkType, {
    nullable: true,
    description: 'The network that fits the destination address most closely.',
  })
  destinationNetwork(@Root() { destinationIp }: NetworkAlertType, @Ctx() { loaders }: Context) {
    return loaders.networkOfAddress.load(destinationIp);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the source is an address of the Internet at large.' })
  isSourcePublic(@Root() { sourceIp }: NetworkAlertType, @Ctx() { networks }: Context): boolean {
    return networks.isPublic(sourceIp);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the destination is an address of the Internet at large.' })
  isDestinationPublic(@Root() { destinationIp }: NetworkAlertType, @Ctx() { networks }: Context): boolean {
    return networks.isPublic(destinationIp);
  }

  @FieldResolver(() => PacketCaptureType, {
    nullable: true,
    description: 'The packets behind it, where a sensor sent any.',
  })
  pcap(@Root() { id, deleted }: NetworkAlertType, @Ctx() { loaders }: Context) {
    return deleted?.pcap ?? loaders.packetCapture.load(id);
  }
}
