import { Field, ID, InputType } from 'type-graphql';
import { TimeRange } from '../paging/time-range.input.ts';

@InputType({ description: 'Which devices: all conditions hold at once; a list matches any of its values.' })
export class DeviceFilter {
  @Field(() => [String], { nullable: true, description: 'Any of these hardware addresses.' })
  mac?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses as the last it was seen at.' })
  ip?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these addresses, at any time.' })
  address?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these host names, exactly.' })
  hostname?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these friendly names, exactly.' })
  friendlyName?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these makers, exactly.' })
  vendor?: string[] | null;

  @Field(() => TimeRange, { nullable: true, description: 'When it was first seen.' })
  firstSeen?: TimeRange | null;

  @Field(() => TimeRange, { nullable: true, description: 'When it was last seen.' })
  lastSeen?: TimeRange | null;
}

@InputType({ description: 'New names of a device. One that is left out stays; an empty one is taken away.' })
export class UpdateDeviceInput {
  @Field(() => ID, { description: 'The device.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its name on the network, until it is seen under another.' })
  hostname?: string | null;

  @Field(() => String, { nullable: true, description: 'What people call it.' })
  friendlyName?: string | null;
}
