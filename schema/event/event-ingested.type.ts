import { Field, Int, ObjectType } from 'type-graphql';
import { FeedGap } from '../alert/alert-raised.type.ts';
import { EventType } from './event.type.ts';

@ObjectType({ description: 'What one event of a sample stands for.', simpleResolvers: true })
export class EventSample {
  @Field(() => Int, {
    description: 'Events that fit the filter since the step before, this one among them: the others were left out.',
  })
  outOf!: number;
}

@ObjectType({
  description: 'One step of the live feed of events: an event, perhaps as a sample of several, or the notice of a gap.',
  simpleResolvers: true,
})
export class EventIngested {
  @Field(() => String, { description: 'Position among the events: pass it as `after` to resume without loss.' })
  cursor!: string;

  @Field(() => EventType, { nullable: true, description: 'The event; null in the notice of a gap.' })
  event!: Promise<EventType | null> | null;

  @Field(() => EventSample, {
    nullable: true,
    description: 'Set when more events come in than are pushed to one client: what this one stands for. Null: itself.',
  })
  sampled!: EventSample | null;

  @Field(() => FeedGap, { nullable: true, description: 'Set when events were left out just before this step.' })
  gap!: FeedGap | null;
}
