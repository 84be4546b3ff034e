import { GraphQLDateTime } from 'graphql-scalars';
import { Field, InputType } from 'type-graphql';

@InputType({ description: 'A span of time: from is inclusive, to is exclusive; either may be left open.' })
export class TimeRange {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'Earliest instant, inclusive.' })
  from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Latest instant, exclusive.' })
  to?: Date | null;
}
