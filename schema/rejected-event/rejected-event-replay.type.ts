import { Field, ObjectType } from 'type-graphql';

@ObjectType('RejectedEventReplay', {
  description: 'What became of rejected input that was taken in again.',
  simpleResolvers: true,
})
export class RejectedEventReplayType {
  @Field(() => Boolean, { description: 'True when it is an event now, and no rejected one any more.' })
  isAccepted!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it was rejected again; null when it was not.' })
  reason!: string | null;
}
