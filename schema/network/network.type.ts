import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType('Network', { description: 'A range of addresses with a name.', simpleResolvers: true })
export class NetworkType {
  @Field(() => ID, { description: 'A whole number.' })
  id!: number;

  @Field(() => String, { description: 'What people call it.' })
  name!: string;

  @Field(() => String, { description: 'The range, such as 10.0.0.0/24.' })
  cidr!: string;

  @Field(() => String, { nullable: true, description: 'Address of its gateway.' })
  gatewayIp!: string | null;

  @Field(() => String, { nullable: true, description: 'Hardware address of its gateway, as AA:BB:CC:DD:EE:FF.' })
  gatewayMac!: string | null;

  @Field(() => Int, { description: 'How loud a new device in it is: 0 not at all, 10 low, 20 medium, 30 high.' })
  newDeviceLevel!: number;
}
