import { Arg, Authorized, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { ServiceFilter } from '../../../schema/service/service.input.ts';
import { ServiceHostType } from '../../../schema/service/service-host.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => ServiceHostType)
export class ServiceResolver {
  @Authorized('DEVICES_READ')
  @Query(() => [ServiceHostType], { description: 'The services seen, by the address of their host.' })
  services(
    @Arg('filter', () => ServiceFilter, { nullable: true, description: 'Which services.' })
    filter: ServiceFilter | null,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<ServiceHostType[]> {
    return observedServices.hosts(principal.tenantId, filter);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name of the device that has the address now: the friendly name, else the hostname.',
  })
  async name(@Root() { serviceIp }: ServiceHostType, @Ctx() { loaders }: Context): Promise<string | null> {
    const device = await loaders.deviceAtAddress.load(serviceIp);
    return device?.friendlyName ?? device?.hostname ?? null;
  }
}
