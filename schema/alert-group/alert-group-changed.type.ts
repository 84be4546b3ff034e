import { Field, ID, Int, ObjectType } from 'type-graphql';
import { FeedGap } from '../alert/alert-raised.type.ts';
import { AlertGroupType } from './alert-group.type.ts';

@ObjectType({
  description:
    'One step of the live feed of alert groups: a group that was opened, got alerts or changed its triage; or one that is gone; or how many one change has changed; or the notice of a gap.',
  simpleResolvers: true,
})
export class AlertGroupChanged {
  @Field(() => String, { description: 'Position in the feed: pass it as `after` to resume without loss.' })
  cursor!: string;

  @Field(() => AlertGroupType, { nullable: true, description: 'The group as it is now.' })
  group!: AlertGroupType | null;

  @Field(() => ID, { nullable: true, description: 'A group that is gone, with the last of its alerts.' })
  removedId!: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'So many groups were changed in one go, whatever the filter, and are not told of one by one: read anew what you show.',
  })
  manyChanged!: number | null;

  @Field(() => FeedGap, { nullable: true, description: 'Set when steps were left out just before this one.' })
  gap!: FeedGap | null;
}
