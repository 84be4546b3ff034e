import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { IngestFormat } from '../ingest/ingest-format.enum.ts';
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

  @Field(() => IngestFormat, {
    nullable: true,
    description: 'What it was declared to be; null where nobody did, and of input of before this was kept.',
  })
  format!: IngestFormat | null;
}

export const RejectedEventConnection = connectionOf('RejectedEvent', () => RejectedEventType);
