import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';

@ObjectType('RejectedEvent', {
  description: 'Input that could not be accepted, kept with the reason.',
  simpleResolvers: true,
})
export class RejectedEventType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => GraphQLDateTime, { description: 'When Tocsin received it.' })
  receivedAt!: Date;

  @Field(() => String, { description: 'What is wrong with it.' })
  reason!: string;

  @Field(() => String, { description: "The sender's exact text." })
  raw!: string;
}

export const RejectedEventConnection = connectionOf('RejectedEvent', () => RejectedEventType);
