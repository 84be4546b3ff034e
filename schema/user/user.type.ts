import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { CredentialType } from '../credential/credential.type.ts';
import type { Permission } from '../permissions.ts';
import { RoleType } from './role.type.ts';
import { PermissionName } from './user.enum.ts';

@ObjectType('User', { description: 'A person who uses Tocsin, in one tenant.', simpleResolvers: true })
export class UserType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant that the user belongs to.' })
  tenantId!: string;

  @Field(() => String, { description: 'In lower case; unique in the installation.' })
  email!: string;

  @Field(() => String, { description: 'What the person is called.' })
  name!: string;

  @Field(() => RoleType, {
    nullable: true,
    description: 'Which says what the user may do; null: `permissions` are its own.',
  })
  role!: RoleType | null;

  @Field(() => [PermissionName], { description: 'What the user, and so any API token of the user, may do at most.' })
  permissions!: readonly Permission[];

  @Field(() => Boolean, { description: 'Whether the user can sign in; one without a password needs an invitation.' })
  hasPassword!: boolean;

  @Field(() => GraphQLDateTime, { description: 'When the user was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Since when the user can do nothing, by signing in or by an API token; null: the user is enabled.',
  })
  disabledAt!: Date | null;
}

@ObjectType({ description: 'An API token just made: its secret is shown this once.', simpleResolvers: true })
export class IssuedApiToken {
  @Field(() => CredentialType, { description: 'The record of the token.' })
  credential!: CredentialType;

  @Field(() => String, { description: 'The secret; only its keyed hash is kept.' })
  secret!: string;
}
