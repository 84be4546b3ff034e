import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What became of one record.', simpleResolvers: true })
export class IngestResult {
  @Field(() => ID, {
    nullable: true,
    description: 'The stored event; the same as before when a sender repeats a record; null when it was rejected.',
  })
  id!: string | null;

  @Field(() => Boolean, { description: 'True when it raised an alert.' })
  isAlert!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it was rejected; null when it was stored.' })
  error!: string | null;
}

@ObjectType({
  description: 'What became of the records of one request; given only once they are on disk.',
  simpleResolvers: true,
})
export class IngestReport {
  @Field(() => ID, { description: 'The tenant they belong to.' })
  tenantId!: string;

  @Field(() => Int, { description: 'Records in the request: indexed and failed together.' })
  received!: number;

  @Field(() => Int, { description: 'Records stored, repeats included.' })
  indexed!: number;

  @Field(() => Int, { description: 'Records rejected; each is kept as a RejectedEvent.' })
  failed!: number;

  @Field(() => [IngestResult], { description: 'One result a record, in the order of the request.' })
  results!: IngestResult[];
}
