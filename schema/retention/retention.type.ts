import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { RetainedDataSet, RetentionLimit } from './retention.enum.ts';

@ObjectType('RetentionDue', { description: 'What a rule would delete now.', simpleResolvers: true })
export class RetentionDueType {
  @Field(() => GraphQLSafeInt, { description: 'How many rows, exactly.' })
  rows!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the oldest of them was; null if there is none.' })
  firstAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the latest of them was; null if there is none.' })
  lastAt!: Date | null;
}

@ObjectType('Retention', {
  description: 'How long a data set is kept, and what there is of it.',
  simpleResolvers: true,
})
export class RetentionType {
  @Field(() => RetainedDataSet, { description: 'Which data set.' })
  dataSet!: RetainedDataSet;

  @Field(() => Int, { nullable: true, description: 'What is older than so many days goes; null: age is no reason.' })
  keepDays!: number | null;

  @Field(() => GraphQLSafeInt, {
    nullable: true,
    description: 'The oldest goes while the set takes more than so many bytes; null: size is no reason.',
  })
  keepBytes!: number | null;

  @Field(() => Boolean, { description: 'Whether nobody has set a rule: then that of the installation holds.' })
  isDefault!: boolean;

  @Field(() => GraphQLSafeInt, { description: 'How many rows there are.' })
  rows!: number;

  @Field(() => GraphQLSafeInt, {
    description:
      'Bytes that they take with their indexes: an estimate, the number of rows times the mean size of some that are spread over the table.',
  })
  sizeBytes!: number;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the oldest happened; of events, rejected or not, when it came in, of deliveries when it was made. Null if there is none.',
  })
  oldestAt!: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When the rule begins to delete, if the set grows on as it did so far: now or before, if it does already. Null: without limit, or without rows.',
  })
  bitesAt!: Date | null;

  @Field(() => RetentionLimit, { nullable: true, description: 'Which of the limits that will be.' })
  bitesBy!: RetentionLimit | null;
}
