import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { TimelineStage } from './timeline.enum.ts';

@ObjectType({
  description: 'One thing that happened to an alert or its group, in words for people.',
  simpleResolvers: true,
})
export class TimelineEntry {
  @Field(() => GraphQLDateTime, { description: 'When.' })
  at!: Date;

  @Field(() => TimelineStage, { description: 'What it is about.' })
  stage!: TimelineStage;

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
