import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { CredentialType } from '../credential/credential.type.ts';
import type { Permission } from '../permissions.ts';
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

  @Field(() => [PermissionName], { description: 'What the user, and so any API token of the user, may do at most.' })
  permissions!: readonly Permission[];

  @Field(() => GraphQLDateTime, { description: 'When the user was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'Since when the user, and every API token of the user, opens nothing; null: the user is enabled.',
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
