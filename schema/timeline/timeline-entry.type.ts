import { GraphQLDateTime } from 'graphql-scalars';
import { Extensions, Field, ID, ObjectType } from 'type-graphql';
import { TimelineStage } from './timeline.enum.ts';
import { TimelineFactName, TimelineKind } from './timeline-fact.enum.ts';

@ObjectType({ description: 'One fact of an entry of a timeline.', simpleResolvers: true })
export class TimelineFact {
  @Field(() => TimelineFactName, { description: 'What it is about.' })
  name!: TimelineFactName;

  @Field(() => String, { description: 'What it is.' })
  value!: string;
}

@ObjectType({
  description: 'One thing that happened to an alert or its group, in words for people.',
  simpleResolvers: true,
})
export class TimelineEntry {
  @Field(() => GraphQLDateTime, { description: 'When.' })
  at!: Date;

  @Field(() => TimelineStage, { description: 'What it is about.' })
  stage!: TimelineStage;

  @Field(() => TimelineKind, { description: 'What happened, for clients that say it in words of their own.' })
  kind!: TimelineKind;

  @Extensions({ atMost: 8 })
  @Field(() => [TimelineFact], { description: 'What there is to know of it; some names come several times.' })
  facts!: TimelineFact[];

  @Field(() => String, { description: 'What happened, in a line.' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'What there is to know of it besides, or that it is not kept.' })
  detail!: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'What it is about: an intake, an event, a group, a silence, a delivery or, where there is none, a sink; the user at TRIAGE.',
  })
  subjectId!: string | null;
}
