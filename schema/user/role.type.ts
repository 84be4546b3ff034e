import { Field, ID, ObjectType } from 'type-graphql';
import type { Permission } from '../permissions.ts';
import { PermissionName } from './user.enum.ts';

@ObjectType('Role', { description: 'A named set of permissions, which its users follow.', simpleResolvers: true })
export class RoleType {
  @Field(() => ID, { description: '`ADMINISTRATOR`, `OPERATOR` or `VIEWER`, or the UUIDv7 of a role of the tenant.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => [PermissionName], { description: 'What its users may do.' })
  permissions!: readonly Permission[];

  @Field(() => Boolean, { description: 'Whether every tenant has it, and nobody can change it.' })
  isBuiltIn!: boolean;
}
