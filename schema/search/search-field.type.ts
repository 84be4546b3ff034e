import { Field, ObjectType } from 'type-graphql';

@ObjectType('SearchField', {
  description: 'A field that a search may name, as in `field:value`.',
  simpleResolvers: true,
})
export class SearchFieldType {
  @Field(() => String, { description: 'Its short name.' })
  name!: string;

  @Field(() => [String], {
    description: 'Other names that mean the same, those of the Elastic Common Schema among them.',
  })
  aliases!: string[];

  @Field(() => String, { description: 'What it is, in one sentence.' })
  description!: string;

  @Field(() => [String], { description: 'Searches that use it.' })
  examples!: string[];

  @Field(() => [String], { nullable: true, description: 'Its values, where there are only so many; else null.' })
  values!: string[] | null;
}
