import { GraphQLDateTime } from 'graphql-scalars';
import { Field, InputType, Int } from 'type-graphql';
import { SilenceField, SilenceOperator, SilenceState } from './silence.enum.ts';

@InputType({ description: 'Which silences.' })
export class SilenceFilter {
  @Field(() => SilenceState, { nullable: true, description: 'Those whose time lies there.' })
  state?: SilenceState | null;
}

@InputType({ description: 'A condition on one field of an alert.' })
export class SilenceMatcherInput {
  @Field(() => SilenceField, { description: 'What to look at.' })
  field!: SilenceField;

  @Field(() => SilenceOperator, { defaultValue: SilenceOperator.EQUALS, description: 'How to compare.' })
  operator!: SilenceOperator;

  @Field(() => String, { description: 'What with: 1 to 500 characters.' })
  value!: string;
}

@InputType({ description: 'When a silence takes its turns, by the clocks of the configured zone.' })
export class SilenceRecurrenceInput {
  @Field(() => String, {
    description:
      'A rule of iCalendar (RFC 5545) of FREQ=DAILY or FREQ=WEEKLY, INTERVAL and BYDAY, such as FREQ=WEEKLY;BYDAY=SA,SU.',
  })
  rule!: string;

  @Field(() => Int, {
    description:
      'How long a turn lasts by the clock on the wall: 1 to 10080. Eight hours from 22:00 always end at 06:00.',
  })
  durationMinutes!: number;
}

@InputType({ description: 'A silence to be tried on what came of late.' })
export class PreviewSilenceInput {
  @Field(() => [SilenceMatcherInput], { description: '1 to 20 conditions, all of which an alert has to meet.' })
  matchers!: SilenceMatcherInput[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it begins; left out: now.' })
  startsAt?: Date | null;

  @Field(() => SilenceRecurrenceInput, {
    nullable: true,
    description: 'Its turns, the first of which begins at `startsAt` or, where the rule leaves out that day, later.',
  })
  recurrence?: SilenceRecurrenceInput | null;
}

@InputType({ description: 'A silence to be made.' })
export class CreateSilenceInput extends PreviewSilenceInput {
  @Field(() => GraphQLDateTime, { description: 'When it ends for good: after its start, and not in the past.' })
  endsAt!: Date;

  @Field(() => String, { description: 'Why: 1 to 1000 characters.' })
  reason!: string;
}

@InputType({ description: 'What to change of a silence; what is left out stays as it is.' })
export class UpdateSilenceInput {
  @Field(() => [SilenceMatcherInput], { nullable: true, description: 'All its conditions from now on.' })
  matchers?: SilenceMatcherInput[] | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it begins.' })
  startsAt?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it ends for good.' })
  endsAt?: Date | null;

  @Field(() => SilenceRecurrenceInput, { nullable: true, description: 'Its turns; null: it lasts all the time.' })
  recurrence?: SilenceRecurrenceInput | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string | null;
}
