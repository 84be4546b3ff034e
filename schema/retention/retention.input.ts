import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, InputType, Int } from 'type-graphql';
import { RetainedDataSet } from './retention.enum.ts';

@InputType({ description: 'How long a data set is kept. Without any limit: for ever.' })
export class RetentionInput {
  @Field(() => RetainedDataSet, { description: 'Which data set.' })
  dataSet!: RetainedDataSet;

  @Field(() => Int, {
    nullable: true,
    description: 'What is older than so many days goes, 1 to 36500; null: age is no reason.',
  })
  keepDays?: number | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: 'The oldest goes while the set takes more than so many bytes, 1 to 2^50; null: size is no reason.',
  })
  keepBytes?: number | null;
}
