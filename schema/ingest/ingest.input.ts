import { GraphQLJSON } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';
import { EventFormat } from '../event/event-format.enum.ts';

@InputType({ description: 'Records of one format, to be taken in together.' })
export class IngestEventsInput {
  @Field(() => EventFormat, { description: 'How every one of them is written.' })
  format!: EventFormat;

  @Field(() => [GraphQLJSON], { description: 'The records, at most 10,000.' })
  events!: unknown[];

  @Field(() => [String], {
    nullable: true,
    description:
      "Each record's exact text as its sender wrote it, in the same order; left out, Tocsin writes it itself.",
  })
  raw?: string[] | null;
}
