import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { UpdateTenantInput } from '../../../schema/tenant/tenant.input.ts';
import { TenantType } from '../../../schema/tenant/tenant.type.ts';
import type { Context } from '../../context.ts';

@Resolver()
export class TenantResolver {
  @Authorized()
  @Query(() => TenantType, { description: 'The organization that the caller belongs to.' })
  tenant(@Ctx() { tenants, principal }: Context) {
    return tenants.get(principal.tenantId);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => TenantType, {
    description: 'Changes the organization that the caller belongs to. It holds within seconds.',
  })
  updateTenant(
    @Arg('input', () => UpdateTenantInput, { description: 'What to change.' }) input: UpdateTenantInput,
    @Ctx() { tenants, principal }: Context,
  ) {
    return tenants.update(principal, input);
  }
}
