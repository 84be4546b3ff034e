import { Field, ID, InputType, Int } from 'type-graphql';
import { OrderDirection } from '../alert/alert.enum.ts';
import { NetworkOrderField } from './network.enum.ts';

@InputType({
  description:
    'Which networks: all conditions hold at once; a list matches any of its patterns (see `DevicePatterns`).',
})
export class NetworkPatterns {
  @Field(() => [String], { nullable: true, description: 'What people call it.' })
  name?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'The range.' })
  cidr?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Address of its gateway.' })
  gatewayIp?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Hardware address of its gateway.' })
  gatewayMac?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Any of these levels, exactly.' })
  newDeviceLevel?: number[] | null;
}

@InputType({ description: 'How networks are ordered; those alike by their numbers.' })
export class NetworkOrder {
  @Field(() => NetworkOrderField, { defaultValue: NetworkOrderField.NAME, description: 'By what.' })
  field!: NetworkOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'A network to be made.' })
export class CreateNetworkInput {
  @Field(() => String, { description: 'What people call it; no other network has the name.' })
  name!: string;

  @Field(() => String, { description: 'The range, such as 10.0.0.0/24; bits of a host in it are dropped.' })
  cidr!: string;

  @Field(() => String, { nullable: true, description: 'Address of its gateway; empty for none.' })
  gatewayIp?: string | null;

  @Field(() => String, { nullable: true, description: 'Hardware address of its gateway; empty for none.' })
  gatewayMac?: string | null;

  @Field(() => Int, { defaultValue: 0, description: 'How loud a new device in it is: 0, 10, 20 or 30.' })
  newDeviceLevel!: number;
}

@InputType({ description: 'What changes about a network; what is left out stays.' })
export class UpdateNetworkInput {
  @Field(() => ID, { description: 'The network.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'What people call it; no other network has the name.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'The range, such as 10.0.0.0/24.' })
  cidr?: string | null;

  @Field(() => String, { nullable: true, description: 'Address of its gateway; empty for none.' })
  gatewayIp?: string | null;

  @Field(() => String, { nullable: true, description: 'Hardware address of its gateway; empty for none.' })
  gatewayMac?: string | null;

  @Field(() => Int, { nullable: true, description: 'How loud a new device in it is: 0, 10, 20 or 30.' })
  newDeviceLevel?: number | null;
}
