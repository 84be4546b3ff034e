import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { numberedPageOf } from '../paging/numbered-page.type.ts';

@ObjectType('Device', {
  description: 'A host, told apart by its hardware address where one is known, else by its address.',
  simpleResolvers: true,
})
export class DeviceType {
  @Field(() => ID, { description: 'A whole number.' })
  id!: number;

  @Field(() => String, { nullable: true, description: 'Hardware address, as AA:BB:CC:DD:EE:FF.' })
  mac!: string | null;

  @Field(() => String, { nullable: true, description: 'The address it was last seen at.' })
  lastIp!: string | null;

  @Field(() => String, { nullable: true, description: 'The name it was last seen under.' })
  hostname!: string | null;

  @Field(() => String, { nullable: true, description: 'The name that people gave it.' })
  friendlyName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its maker: as a sender says, else whom the IEEE gave the block of its hardware address to.',
  })
  vendor!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was first seen.' })
  firstSeen!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last seen.' })
  lastSeen!: Date;
}

@ObjectType('DeviceAddress', { description: 'An address that a device was seen at.', simpleResolvers: true })
export class DeviceAddressType {
  @Field(() => String, { description: 'The address.' })
  ip!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was first seen there.' })
  firstSeen!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last seen there.' })
  lastSeen!: Date;
}

export const DeviceConnection = connectionOf('Device', () => DeviceType);

export const DevicePage = numberedPageOf('Device', () => DeviceType);
