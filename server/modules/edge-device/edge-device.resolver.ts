import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { RegisterDeviceInput } from '../../../schema/edge-device/edge-device.input.ts';
import { RegisteredDevice } from '../../../schema/edge-device/edge-device.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class EdgeDeviceResolver {
  @Authorized('DEVICES_REGISTER')
  @Mutation(() => RegisteredDevice, { description: 'Makes the key and the intake of an edge device.' })
  registerDevice(
    @Arg('input', () => RegisterDeviceInput, { description: 'The device.' }) input: RegisterDeviceInput,
    @Ctx() { edgeDevices, principal }: Context,
  ): Promise<RegisteredDevice> {
    return edgeDevices.register(input, principal.tenantId);
  }
}
