import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Severity } from '../severity.enum.ts';

@ObjectType({ description: 'How many there are of a severity.', simpleResolvers: true })
export class SeverityCount {
  @Field(() => Severity, { description: 'The severity.' })
  severity!: Severity;

  @Field(() => Int, { description: 'How many.' })
  count!: number;
}

@ObjectType({ description: "How the caller's tenant fares at the moment.", simpleResolvers: true })
export class StatsTick {
  @Field(() => GraphQLDateTime, { description: 'When this was so.' })
  at!: Date;

  @Field(() => Float, { description: 'Events stored a second, since the tick before.' })
  eventsPerSecond!: number;

  @Field(() => Float, { description: 'Alerts raised a second, since the tick before.' })
  alertsPerSecond!: number;

  @Field(() => Int, { description: 'Events that are stored, exactly.' })
  events!: number;

  @Field(() => Int, { description: 'Alerts that are stored, exactly.' })
  alerts!: number;

  @Field(() => Int, { description: 'Inputs that were kept because they could not be accepted, exactly.' })
  rejectedEvents!: number;

  @Field(() => Int, { description: 'Devices that are known, exactly.' })
  devices!: number;

  @Field(() => [SeverityCount], {
    description:
      'Alert groups that are new or in progress, for each severity that there are any of, the worst first. Where there are very many, they are counted less often.',
  })
  openGroups!: SeverityCount[];

  @Field(() => Int, { description: 'Deliveries that wait to be sent, now or later.' })
  waitingDeliveries!: number;
}
