import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What is wrong with the indexes of a table, by their names.', simpleResolvers: true })
export class TableHealth {
  @Field(() => String, { description: 'The table.' })
  name!: string;

  @Field(() => [String], { description: 'Indexes that should be there and are not; `primary` is that of the key.' })
  missingIndexes!: string[];

  @Field(() => [String], { description: 'Indexes that are there and should not be.' })
  extraIndexes!: string[];

  @Field(() => [String], {
    description:
      'Indexes on other columns than they should be, or unique where they should not be, or not where they should.',
  })
  wrongIndexColumns!: string[];

  @Field(() => Boolean, { description: 'Whether nothing is wrong.' })
  isHealthy!: boolean;
}

@ObjectType({ description: "Whether the tables' indexes are those that the migrations make.", simpleResolvers: true })
export class SchemaHealth {
  @Field(() => Boolean, { description: 'Whether all tables are healthy.' })
  isHealthy!: boolean;

  @Field(() => [TableHealth], { description: 'All tables of ours, by name.' })
  tables!: TableHealth[];
}
