import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import {
  CreateNetworkInput,
  NetworkOrder,
  NetworkPatterns,
  UpdateNetworkInput,
} from '../../../schema/network/network.input.ts';
import { NetworkType } from '../../../schema/network/network.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class NetworkResolver {
  @Authorized('NETWORKS_READ')
  @Query(() => [NetworkType], { description: 'Networks, by name unless another order is asked for.' })
  networks(
    @Arg('filter', () => NetworkPatterns, { nullable: true, description: 'Which networks.' })
    filter: NetworkPatterns | null,
    @Arg('orderBy', () => NetworkOrder, { nullable: true, description: 'In which order.' })
    orderBy: NetworkOrder | null,
    @Ctx() { networks, principal }: Context,
  ): Promise<NetworkType[]> {
    return networks.list(principal.tenantId, filter, orderBy);
  }

  @Authorized('NETWORKS_WRITE')
  @Mutation(() => NetworkType, { description: 'Names a range of addresses.' })
  createNetwork(
    @Arg('input', () => CreateNetworkInput, { description: 'The network.' }) input: CreateNetworkInput,
    @Ctx() { networks, principal }: Context,
  ): Promise<NetworkType> {
    return networks.create(principal.tenantId, input);
  }

  @Authorized('NETWORKS_WRITE')
  @Mutation(() => NetworkType, { description: 'Changes a network.' })
  updateNetwork(
    @Arg('input', () => UpdateNetworkInput, { description: 'What changes.' }) input: UpdateNetworkInput,
    @Ctx() { networks, principal }: Context,
  ): Promise<NetworkType> {
    return networks.update(principal.tenantId, input);
  }

  @Authorized('NETWORKS_WRITE')
  @Mutation(() => NetworkType, { description: 'Forgets a network, and answers what it was. Its devices stay.' })
  deleteNetwork(
    @Arg('id', () => ID, { description: 'The network.' }) id: string,
    @Ctx() { networks, principal }: Context,
  ): Promise<NetworkType> {
    return networks.delete(principal.tenantId, id);
  }
}
