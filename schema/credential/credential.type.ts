import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { CredentialKind } from './credential.enum.ts';

@ObjectType('Credential', {
  description: 'The record of a secret. The secret itself was shown once, when it was made.',
  simpleResolvers: true,
})
export class CredentialType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => CredentialKind, { description: 'What it opens.' })
  kind!: CredentialKind;

  @Field(() => String, { description: 'What it was called when it was made.' })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The user that a token or session belongs to; null: nobody.' })
  userId!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it last opened something, to the minute; null: never.',
  })
  lastUsedAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When it ceases to open anything, as one does that a new key has replaced; null: it does not by itself.',
  })
  expiresAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was revoked; null: it was not.' })
  revokedAt!: Date | null;
}
