import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { TimeRange } from '../paging/time-range.input.ts';

@ObjectType('Metric', { description: 'One measurement.', simpleResolvers: true })
export class MetricType {
  @Field(() => String, { description: 'What was measured.' })
  name!: string;

  @Field(() => Float, { description: 'The figure.' })
  value!: number;
}

@ObjectType('TelemetrySample', {
  description: 'Measurements of an appliance, or of one of its interfaces, at one moment.',
  simpleResolvers: true,
})
export class TelemetrySampleType {
  @Field(() => ID, { description: 'A whole number.' })
  id!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was measured.' })
  occurredAt!: Date;

  @Field(() => String, { nullable: true, description: 'Id of the appliance.' })
  agent!: string | null;

  @Field(() => String, { nullable: true, description: 'The interface measured; null for the whole appliance.' })
  interface!: string | null;

  @Field(() => [MetricType], { description: 'What was measured.' })
  metrics!: MetricType[];

  /** What `event` is looked up by. */
  eventId!: string | null;
}

@InputType({ description: 'Which samples: all conditions hold at once; a list matches any of its values.' })
export class TelemetryFilter {
  @Field(() => TimeRange, { nullable: true, description: 'When it was measured.' })
  occurredAt?: TimeRange | null;

  @Field(() => [String], { nullable: true, description: 'Any of these appliances, exactly.' })
  agent?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these interfaces, exactly.' })
  interface?: string[] | null;
}

export const TelemetrySampleConnection = connectionOf('TelemetrySample', () => TelemetrySampleType);
