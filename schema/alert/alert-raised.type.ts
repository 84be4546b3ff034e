import { Field, Int, ObjectType } from 'type-graphql';
import { AlertType } from './alert.type.ts';

@ObjectType({
  description:
    'What was not pushed because the client could not keep up, or came back after its steps had been deleted.',
  simpleResolvers: true,
})
export class FeedGap {
  @Field(() => String, {
    description:
      'Cursor of the last step before the gap: resume with it as `after` to miss nothing, unless it `isExpired`.',
  })
  after!: string;

  @Field(() => Int, {
    description:
      "The tenant's steps of this feed in the gap, whatever the filter; 0 where it `isExpired`: nobody knows then.",
  })
  missed!: number;

  @Field(() => Boolean, {
    description: 'Whether the steps have been deleted for their age, so that resuming does not bring them back.',
  })
  isExpired!: boolean;
}

@ObjectType({
  description: 'One step of the live feed of alerts: an alert, or the notice of a gap.',
  simpleResolvers: true,
})
export class AlertRaised {
  @Field(() => String, { description: 'Position in the feed: pass it as `after` to resume without loss or repeats.' })
  cursor!: string;

  @Field(() => AlertType, { nullable: true, description: 'The alert; null in the notice of a gap.' })
  alert!: AlertType | null;

  @Field(() => FeedGap, { nullable: true, description: 'Set when alerts were left out just before this step.' })
  gap!: FeedGap | null;
}
