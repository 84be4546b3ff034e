import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { AlertType } from '../alert/alert.type.ts';
import { connectionOf } from '../paging/connection.type.ts';
import { SilenceField, SilenceOperator, SilenceState } from './silence.enum.ts';

@ObjectType('SilenceMatcher', { description: 'A condition on one field of an alert.', simpleResolvers: true })
export class SilenceMatcherType {
  @Field(() => SilenceField, { description: 'What it looks at.' })
  field!: SilenceField;

  @Field(() => SilenceOperator, { description: 'How it compares.' })
  operator!: SilenceOperator;

  @Field(() => String, { description: 'What with.' })
  value!: string;
}

@ObjectType('SilenceRecurrence', {
  description: 'When a silence takes its turns, by the clocks of the configured zone.',
  simpleResolvers: true,
})
export class SilenceRecurrenceType {
  @Field(() => String, {
    description: 'A rule of iCalendar (RFC 5545) of FREQ=DAILY or FREQ=WEEKLY, INTERVAL and BYDAY.',
  })
  rule!: string;

  @Field(() => Int, { description: 'How long a turn lasts by the clock on the wall.' })
  durationMinutes!: number;
}

@ObjectType('Silence', {
  description:
    'Holds back notifications of alerts that meet all its conditions; the alerts are stored and shown as ever.',
  simpleResolvers: true,
})
export class SilenceType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => [SilenceMatcherType], { description: 'Its conditions.' })
  matchers!: readonly SilenceMatcherType[];

  @Field(() => GraphQLDateTime, { description: 'When it begins, inclusive.' })
  startsAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it ends for good, exclusive.' })
  endsAt!: Date;

  @Field(() => SilenceRecurrenceType, {
    nullable: true,
    description: 'Its turns, the first of which begins at `startsAt`; null: it lasts all the time.',
  })
  recurrence!: SilenceRecurrenceType | null;

  @Field(() => String, { description: 'Why.' })
  reason!: string;

  @Field(() => ID, { nullable: true, description: "The user who made it; null: nobody's API token did." })
  createdBy!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;

  @Field(() => SilenceState, { description: 'Where its time lies.' })
  state!: SilenceState;

  @Field(() => Boolean, { description: 'Whether it holds anything back at this moment.' })
  isInForce!: boolean;
}

export const SilenceConnection = connectionOf<SilenceType>('Silence', () => SilenceType);

@ObjectType({ description: 'What a silence would have held back of late.', simpleResolvers: true })
export class SilencePreview {
  @Field(() => Int, { description: 'Alerts that it would have held back.' })
  count!: number;

  @Field(() => Int, { description: 'Alerts that were looked at, the latest first.' })
  examined!: number;

  @Field(() => Boolean, { description: 'Whether there were more alerts in the time than are looked at.' })
  isLowerBound!: boolean;

  @Field(() => [AlertType], { description: 'The latest of those that it would have held back, five at most.' })
  examples!: readonly AlertType[];
}
