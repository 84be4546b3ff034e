import { GraphQLDateTime, GraphQLJSON, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('DataSetRows', {
  description: 'Some rows of a data set, the earliest first, of those that were stored when its first page was read.',
  simpleResolvers: true,
})
export class DataSetRowsType {
  @Field(() => [String], {
    description: 'What the values of a row are, under the names of the Elastic Common Schema where it has one.',
  })
  columns!: readonly string[];

  @Field(() => [GraphQLJSON], { description: 'Each row as an array of its values in the order of `columns`.' })
  rows!: readonly (readonly unknown[])[];

  @Field(() => String, {
    nullable: true,
    description:
      'Pass it as `after` to read on; null: there is no more. A page may hold fewer rows than were asked for, even none, while more follow.',
  })
  endCursor!: string | null;
}

@ObjectType('DataSetCount', { description: 'Rows of a data set that were counted.', simpleResolvers: true })
export class DataSetCountType {
  @Field(() => GraphQLSafeInt, { description: 'How many.' })
  rows!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the oldest happened; null if there is none.' })
  firstAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the latest happened; null if there is none.' })
  lastAt!: Date | null;
}

@ObjectType('DataSetDeletion', { description: 'What a deletion came to.', simpleResolvers: true })
export class DataSetDeletionType {
  @Field(() => Int, { description: 'Rows of the data set that are gone.' })
  deletedRows!: number;

  @Field(() => Int, { description: 'Packet captures that are gone with their alerts.' })
  deletedCaptures!: number;

  @Field(() => Int, {
    description: 'Sums by quarters of an hour that hold for what is left: DNS and TCP alone have such sums.',
  })
  correctedSums!: number;

  @Field(() => ID, { description: 'The entry of the audit log that tells of its beginning.' })
  auditEntryId!: string;
}
