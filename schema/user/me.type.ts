import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { CredentialKind } from '../credential/credential.enum.ts';
import type { Permission } from '../permissions.ts';
import { TenantType } from '../tenant/tenant.type.ts';
import { PermissionName } from './user.enum.ts';
import { UserType } from './user.type.ts';

@ObjectType('MeCredential', { description: 'What the caller was let in with.', simpleResolvers: true })
export class MeCredential {
  @Field(() => ID, { description: 'UUIDv7; `launch` for the token that the desktop app gives its own server.' })
  id!: string;

  @Field(() => String, { description: 'What it was called when it was made.' })
  name!: string;

  @Field(() => CredentialKind, { description: 'What it opens.' })
  kind!: CredentialKind;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ceases to open anything; null: it does not.' })
  expiresAt!: Date | null;
}

@ObjectType('Me', { description: 'The caller.', simpleResolvers: true })
export class MeType {
  @Field(() => UserType, { nullable: true, description: 'The person; null: nobody stands behind the credential.' })
  user!: UserType | null;

  @Field(() => [PermissionName], { description: 'What the caller may do at this moment.' })
  permissions!: readonly Permission[];

  @Field(() => TenantType, { description: 'The organization that the caller belongs to.' })
  tenant!: TenantType;

  @Field(() => MeCredential, { description: 'What the caller was let in with.' })
  credential!: MeCredential;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the session ends unless it is used before; null: the caller has not signed in.',
  })
  sessionExpiresAt!: Date | null;
}
