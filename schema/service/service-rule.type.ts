import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { TransportProtocol } from './service-host.type.ts';
import { ServiceEffect } from './service-rule.enum.ts';

@ObjectType('ServiceRule', {
  description: 'What holds for every port that it covers, seen or not; what it leaves open covers everything.',
  simpleResolvers: true,
})
export class ServiceRuleType {
  @Field(() => ID, { description: 'A whole number.' })
  id!: number;

  @Field(() => ServiceEffect, { description: 'What it does.' })
  effect!: ServiceEffect;

  @Field(() => String, { nullable: true, description: 'Hosts: an address, or a range in CIDR notation; null for any.' })
  address!: string | null;

  @Field(() => Int, { nullable: true, description: 'The port; null for any.' })
  port!: number | null;

  @Field(() => TransportProtocol, { nullable: true, description: 'What the port belongs to; null for any.' })
  proto!: TransportProtocol | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;
}
