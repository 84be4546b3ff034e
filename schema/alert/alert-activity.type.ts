import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { SeverityCount } from '../live/stats-tick.type.ts';

@ObjectType({ description: 'The alerts that happened in one stretch of time.', simpleResolvers: true })
export class AlertActivity {
  @Field(() => GraphQLDateTime, { description: 'When the stretch begins.' })
  startsAt!: Date;

  @Field(() => [SeverityCount], { description: 'For each severity that there are any of, the worst first.' })
  counts!: SeverityCount[];
}
