import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { PacketCaptureType } from '../../../schema/packet-capture/packet-capture.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => PacketCaptureType)
export class PacketCaptureResolver {
  @FieldResolver(() => String, { description: 'The file, in base64.' })
  bytes(@Root() { id }: PacketCaptureType, @Ctx() { packetCaptures, principal }: Context) {
    return packetCaptures.base64(principal.tenantId, id);
  }
}
