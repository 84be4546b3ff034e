import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType } from 'type-graphql';
import type { Permission } from '../permissions.ts';
import { PermissionName } from './user.enum.ts';

@InputType({ description: 'A user to be made.' })
export class CreateUserInput {
  @Field(() => String, {
    description: 'At most 254 characters, unique in the installation whatever its case; spaces around it are dropped.',
  })
  email!: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters; left out: the e-mail address.' })
  name?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The role that says what the user may do; the caller must hold all that is in it.',
  })
  roleId?: string | null;

  @Field(() => [PermissionName], {
    nullable: true,
    description: 'What the user may do, in place of a role; the caller must hold each of them.',
  })
  permissions?: Permission[] | null;
}

@InputType({ description: 'What to change of a user; what is left out, or null, stays as it is.' })
export class UpdateUserInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The role that says what the user may do from now on; the caller must hold each permission it adds.',
  })
  roleId?: string | null;

  @Field(() => [PermissionName], {
    nullable: true,
    description: 'All that the user may do from now on, in place of a role; the caller must hold each that is added.',
  })
  permissions?: Permission[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the user is disabled; to enable one, the caller must hold all that the user may do.',
  })
  disabled?: boolean | null;
}

@InputType({ description: 'An API token to be made.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What to call it: 1 to 200 characters.' })
  name!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The user it belongs to; left out: the user of the caller, or none if the caller has none.',
  })
  userId?: string | null;

  @Field(() => [PermissionName], {
    nullable: true,
    description: 'What it may do, of what both the caller and its user may; left out: all of that.',
  })
  permissions?: Permission[] | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it ceases to open anything, in the future; left out: it does not by itself.',
  })
  expiresAt?: Date | null;
}
