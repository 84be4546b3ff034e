import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { ObservedServiceType } from '../../../schema/service/service-host.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => ObservedServiceType)
export class ObservedServiceResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of the device that has the address now: the friendly name, else the hostname.',
  })
  async name(@Root() { serviceIp }: ObservedServiceType, @Ctx() { loaders }: Context): Promise<string | null> {
    const device = await loaders.deviceAtAddress.load(serviceIp);
    return device?.friendlyName ?? device?.hostname ?? null;
  }
}
