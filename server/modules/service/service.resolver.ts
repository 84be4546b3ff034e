import { Arg, Authorized, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { AllowedServiceType } from '../../../schema/service/allowed-service.type.ts';
import {
  CreateServiceInput,
  ServiceFilter,
  ServiceOrder,
  ServicePlaceInput,
  UpdateServiceInput,
} from '../../../schema/service/service.input.ts';
import { ObservedServiceType, ServiceHostType } from '../../../schema/service/service-host.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => ServiceHostType)
export class ServiceResolver {
  @Authorized('DEVICES_READ')
  @Query(() => [ServiceHostType], {
    description: 'Services, by the address of their host unless another order is asked for.',
  })
  services(
    @Arg('filter', () => ServiceFilter, { nullable: true, description: 'Which services.' })
    filter: ServiceFilter | null,
    @Arg('orderBy', () => ServiceOrder, { nullable: true, description: 'In which order.' })
    orderBy: ServiceOrder | null,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<ServiceHostType[]> {
    return observedServices.hosts(principal.tenantId, filter, orderBy);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => ObservedServiceType, { description: 'Adds a service that was not seen by itself.' })
  createService(
    @Arg('input', () => CreateServiceInput, { description: 'The service.' }) input: CreateServiceInput,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<ObservedServiceType> {
    return observedServices.create(principal.tenantId, input);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => ObservedServiceType, { description: 'Changes a service.' })
  updateService(
    @Arg('input', () => UpdateServiceInput, { description: 'What changes.' }) input: UpdateServiceInput,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<ObservedServiceType> {
    return observedServices.update(principal.tenantId, input);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => ObservedServiceType, {
    description: 'Forgets a service until it is seen again, and answers what it was. Whether it is authorized stays.',
  })
  deleteService(
    @Arg('id', () => ID, { description: 'The service.' }) id: string,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<ObservedServiceType> {
    return observedServices.delete(principal.tenantId, id);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => ObservedServiceType, { description: 'Lets a host answer on the port of a service.' })
  authorizeServiceById(
    @Arg('id', () => ID, { description: 'The service.' }) id: string,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<ObservedServiceType> {
    return observedServices.authorizeById(principal.tenantId, id);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => AllowedServiceType, { description: 'Lets a host answer on a port, whether or not it was seen to.' })
  authorizeService(
    @Arg('input', () => ServicePlaceInput, { description: 'The port.' }) input: ServicePlaceInput,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<AllowedServiceType> {
    return observedServices.authorize(principal.tenantId, input);
  }

  @Authorized('DEVICES_READ')
  @Query(() => [AllowedServiceType], {
    description: 'The list of allowed services, by address; rules (`serviceRules`) may allow others.',
  })
  allowedServices(@Ctx() { observedServices, principal }: Context): Promise<AllowedServiceType[]> {
    return observedServices.allowed(principal.tenantId);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => AllowedServiceType, {
    description: 'Takes a port off the list of allowed services. A rule may let the host answer on it all the same.',
  })
  disallowService(
    @Arg('input', () => ServicePlaceInput, { description: 'The port.' }) input: ServicePlaceInput,
    @Ctx() { observedServices, principal }: Context,
  ): Promise<AllowedServiceType> {
    return observedServices.disallow(principal.tenantId, input);
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
