import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { CreateServiceRuleInput } from '../../../schema/service/service-rule.input.ts';
import { ServiceRuleType } from '../../../schema/service/service-rule.type.ts';
import type { Context } from '../../context.ts';

@Resolver(() => ServiceRuleType)
export class ServiceRuleResolver {
  @Authorized('DEVICES_READ')
  @Query(() => [ServiceRuleType], {
    description: 'The rules that allow ports or leave them out of surveillance, in the order in which they were made.',
  })
  serviceRules(@Ctx() { serviceRules, principal }: Context): Promise<ServiceRuleType[]> {
    return serviceRules.list(principal.tenantId);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => ServiceRuleType, {
    description: 'Makes a rule, which holds at once for all services; a tenant has 500 at most.',
  })
  createServiceRule(
    @Arg('input', () => CreateServiceRuleInput, { description: 'The rule.' }) input: CreateServiceRuleInput,
    @Ctx() { serviceRules, principal }: Context,
  ): Promise<ServiceRuleType> {
    return serviceRules.create(principal.tenantId, input);
  }

  @Authorized('DEVICES_WRITE')
  @Mutation(() => ServiceRuleType, { description: 'Takes a rule back, and answers what it was.' })
  deleteServiceRule(
    @Arg('id', () => ID, { description: 'The rule.' }) id: string,
    @Ctx() { serviceRules, principal }: Context,
  ): Promise<ServiceRuleType> {
    return serviceRules.delete(principal.tenantId, id);
  }
}
