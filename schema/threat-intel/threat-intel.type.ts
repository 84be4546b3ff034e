import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { ThreatKind } from './threat-intel.enum.ts';

@ObjectType('ThreatList', { description: 'A list of threat intelligence, as imported last.', simpleResolvers: true })
export class ThreatListType {
  @Field(() => ThreatKind, { description: 'What it names; there is one list of a kind at most.' })
  kind!: ThreatKind;

  @Field(() => String, { description: 'The file or URL it was imported from.' })
  source!: string;

  @Field(() => GraphQLSafeInt, { description: 'How many addresses, ranges or domains it names.' })
  count!: number;

  @Field(() => GraphQLSafeInt, { description: 'What it names as text, in bytes.' })
  sizeBytes!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was imported.' })
  updatedAt!: Date;
}

@ObjectType('ThreatMatch', { description: 'An entry of a list of threat intelligence.', simpleResolvers: true })
export class ThreatMatchType {
  @Field(() => ThreatKind, { description: 'The list that it stands in.' })
  kind!: ThreatKind;

  @Field(() => String, { description: 'The file or URL that the list was imported from.' })
  source!: string;

  @Field(() => String, {
    description: 'The entry: the address itself or a range around it, the domain itself or one above it.',
  })
  value!: string;
}
