import { Arg, Authorized, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { CreateRoleInput, UpdateRoleInput } from '../../../schema/user/role.input.ts';
import { RoleType } from '../../../schema/user/role.type.ts';
import type { Context } from '../../context.ts';

const roleId = { description: 'The id of a role of the tenant; a built-in one cannot be changed.' };

@Resolver()
export class RoleResolver {
  @Authorized('USERS_READ')
  @Query(() => [RoleType], { description: 'The built-in roles, then those of the tenant, the oldest first.' })
  roles(@Ctx() { roles, principal }: Context) {
    return roles.list(principal.tenantId);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => RoleType, { description: 'Makes a role, which holds no more than the caller.' })
  createRole(
    @Arg('input', () => CreateRoleInput, { description: 'What to make.' }) input: CreateRoleInput,
    @Ctx() { roles, principal }: Context,
  ) {
    return roles.create(principal, input);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => RoleType, {
    description:
      'Changes a role. It holds for all its users within about a second. CONFLICT when nobody could let people in after it.',
  })
  updateRole(
    @Arg('id', () => ID, roleId) id: string,
    @Arg('input', () => UpdateRoleInput, { description: 'What to change.' }) input: UpdateRoleInput,
    @Ctx() { roles, principal }: Context,
  ) {
    return roles.update(principal, id, input);
  }

  @Authorized('USERS_WRITE')
  @Mutation(() => RoleType, { description: 'Deletes a role that no user has; CONFLICT while one has it.' })
  deleteRole(@Arg('id', () => ID, roleId) id: string, @Ctx() { roles, principal }: Context) {
    return roles.delete(principal, id);
  }
}
