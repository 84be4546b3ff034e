import { Field, ID, ObjectType } from 'type-graphql';
import { FeedGap } from '../alert/alert-raised.type.ts';
import { DeviceType } from './device.type.ts';

@ObjectType({
  description:
    'One step of the live feed of devices: one that is new, or whose addresses or names have changed; or one that is gone; or the notice of a gap.',
  simpleResolvers: true,
})
export class DeviceChanged {
  @Field(() => String, { description: 'Position in the feed: pass it as `after` to resume without loss.' })
  cursor!: string;

  @Field(() => DeviceType, { nullable: true, description: 'The device as it is now.' })
  device!: DeviceType | null;

  @Field(() => ID, { nullable: true, description: 'A device that is gone: it was found to be another one.' })
  removedId!: number | null;

  @Field(() => FeedGap, { nullable: true, description: 'Set when steps were left out just before this one.' })
  gap!: FeedGap | null;
}
