import { Field, InputType, Int } from 'type-graphql';
import { TransportProtocol } from './service-host.type.ts';
import { ServiceEffect } from './service-rule.enum.ts';

@InputType({ description: 'A rule about services: of address, port and transport it names one at least.' })
export class CreateServiceRuleInput {
  @Field(() => ServiceEffect, { description: 'What it does.' })
  effect!: ServiceEffect;

  @Field(() => String, {
    nullable: true,
    description: 'Hosts: an address, or a range in CIDR notation, whose bits of a host are dropped; any if left out.',
  })
  address?: string | null;

  @Field(() => Int, { nullable: true, description: 'The port, 1 to 65535; any if left out.' })
  port?: number | null;

  @Field(() => TransportProtocol, { nullable: true, description: 'What the port belongs to; any if left out.' })
  proto?: TransportProtocol | null;
}
