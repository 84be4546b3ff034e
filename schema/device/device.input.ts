import { Field, ID, InputType } from 'type-graphql';
import { OrderDirection } from '../alert/alert.enum.ts';
import { TimeRange } from '../paging/time-range.input.ts';
import { DeviceOrderField } from './device.enum.ts';

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

@InputType({
  description: `Which devices: all conditions hold at once; a list matches any of its patterns. In a pattern % stands for any
characters and _ for one, a backslash before either takes it literally; without them it is the whole text. A to Z match in either case.`,
})
export class DevicePatterns {
  @Field(() => [String], { nullable: true, description: 'Its hardware address.' })
  mac?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The address it was last seen at.' })
  ip?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The name it was last seen under.' })
  hostname?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The name that people gave it.' })
  friendlyName?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Its maker.' })
  vendor?: string[] | null;
}

@InputType({ description: 'How devices are ordered; those alike by their numbers.' })
export class DeviceOrder {
  @Field(() => DeviceOrderField, { defaultValue: DeviceOrderField.LAST_IP, description: 'By what.' })
  field!: DeviceOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: OrderDirection;
}
