import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { Severity } from '../severity.enum.ts';
import { EventFormat } from './event-format.enum.ts';

@ObjectType('Event', { description: 'One accepted record: immutable, its raw text kept.', simpleResolvers: true })
export class EventType {
  @Field(() => ID, { description: 'UUIDv7; its first 48 bits are the time of receipt.' })
  id!: string;

  @Field(() => ID, { description: 'The tenant it belongs to.' })
  tenantId!: string;

  @Field(() => GraphQLDateTime, {
    description: 'When it happened, as its sender says; the time of receipt when it says nothing.',
  })
  occurredAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When Tocsin received it.' })
  receivedAt!: Date;

  @Field(() => EventFormat, { description: 'How it was written.' })
  format!: EventFormat;

  @Field(() => String, { nullable: true, description: 'The host it speaks of.' })
  host!: string | null;

  @Field(() => String, { nullable: true, description: 'The program it comes from.' })
  app!: string | null;

  @Field(() => Severity, { description: 'How bad it is.' })
  severity!: Severity;

  @Field(() => Boolean, {
    description: "True when it raised an alert: it reached its tenant's threshold, or its sender calls it a detection.",
  })
  isAlert!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'One line for people, when the sender gives one beside the message.',
  })
  title!: string | null;

  @Field(() => String, { description: 'The log line or text.' })
  message!: string;

  @Field(() => String, { description: "The sender's exact text." })
  raw!: string;

  @Field(() => String, { nullable: true, description: "The sender's own id of it." })
  externalId!: string | null;
}

export const EventConnection = connectionOf('Event', () => EventType);
