import { GraphQLBigInt, GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { ThreatKind } from '../threat-intel/threat-intel.enum.ts';

@ObjectType({
  description: "How many rows the caller's tenant has; found without counting them.",
  simpleResolvers: true,
})
export class RowCount {
  @Field(() => GraphQLSafeInt, { description: 'How many.' })
  count!: number;

  @Field(() => Boolean, { description: 'Whether the number is estimated from a part of the rows; else it is exact.' })
  isEstimate!: boolean;
}

@ObjectType({ description: "What the caller's tenant has of one kind of records.", simpleResolvers: true })
export class RecordStorage extends RowCount {
  @Field(() => GraphQLBigInt, {
    description:
      "Bytes that they take with their index: an estimate. On PostgreSQL the tenant's share of the table by the number of rows; on SQLite, which does not know the size of a table without reading all of it, the number of rows times the mean size of some of the oldest and of the latest.",
  })
  sizeBytes!: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the oldest happened; null if there is none.' })
  firstRecordAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the latest happened; null if there is none.' })
  lastRecordAt!: Date | null;
}

@ObjectType({
  description: 'A list of threat intelligence in force; lists are of the installation.',
  simpleResolvers: true,
})
export class ThreatListStorage {
  @Field(() => ThreatKind, { description: 'What it names.' })
  kind!: ThreatKind;

  @Field(() => GraphQLSafeInt, { description: 'How many addresses, ranges or domains it names.' })
  count!: number;

  @Field(() => GraphQLSafeInt, { description: 'What it names as text, in bytes.' })
  sizeBytes!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was imported.' })
  updatedAt!: Date;
}
