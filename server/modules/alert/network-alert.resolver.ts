import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { NetworkAlertType } from '../../../schema/alert/alert.type.ts';
import { DeviceType } from '../../../schema/device/device.type.ts';
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

  @FieldResolver(() => PacketCaptureType, {
    nullable: true,
    description: 'The packets behind it, where a sensor sent any.',
  })
  pcap(@Root() { id }: NetworkAlertType, @Ctx() { loaders }: Context) {
    return loaders.packetCapture.load(id);
  }
}
