import { GraphQLDateTime, GraphQLJSON } from 'graphql-scalars';
import { Field, InputType, Int } from 'type-graphql';
import { IngestFormat } from './ingest-format.enum.ts';

@InputType({ description: 'Records of one format, to be taken in together.' })
export class IngestEventsInput {
  @Field(() => IngestFormat, { description: 'How every one of them is written.' })
  format!: IngestFormat;

  @Field(() => [GraphQLJSON], {
    nullable: true,
    description: 'The records, at most 10,000; left out, the texts in `raw` are the records.',
  })
  events?: unknown[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Each record's exact text as its sender wrote it, in the same order; left out, Tocsin writes it itself.",
  })
  raw?: string[] | null;

  @Field(() => [GraphQLDateTime], {
    nullable: 'itemsAndList',
    description:
      'When they happened, where the sender says so beside the records: one time for all, or one for each (null: as the record says).',
  })
  occurredAt?: (Date | null)[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The most bytes of UTF-8 one record may have; a longer one is rejected, and only its beginning kept.',
  })
  maxRecordBytes?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether one bad record refuses them all: nothing is stored then, not even as a RejectedEvent, and the error names the first bad one as `events.N`, counted from 0.',
  })
  allOrNothing?: boolean | null;
}
