import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Session', { description: 'A browser in which a person is signed in.', simpleResolvers: true })
export class SessionType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => ID, { description: 'Who is signed in.' })
  userId!: string;

  @Field(() => GraphQLDateTime, { description: 'When the person signed in.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last used, to the minute.' })
  lastUsedAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it ends unless it is used before.' })
  expiresAt!: Date;

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  isCurrent!: boolean;
}
