import { Field, InputType } from 'type-graphql';
import type { Permission } from '../permissions.ts';
import { PermissionName } from './user.enum.ts';

@InputType({ description: 'A role to be made.' })
export class CreateRoleInput {
  @Field(() => String, { description: '1 to 200 characters, unique in the tenant.' })
  name!: string;

  @Field(() => [PermissionName], { description: 'What its users may do; the caller must hold each of them.' })
  permissions!: Permission[];
}

@InputType({ description: 'What to change of a role; what is left out, or null, stays as it is.' })
export class UpdateRoleInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters, unique in the tenant.' })
  name?: string | null;

  @Field(() => [PermissionName], {
    nullable: true,
    description: 'All that its users may do from now on; the caller must hold each that is added.',
  })
  permissions?: Permission[] | null;
}
