import { Field, InputType, Int } from 'type-graphql';
import { TransportProtocol } from './service-host.type.ts';

@InputType({ description: 'Which services: all conditions hold at once; a list matches any of its values.' })
export class ServiceFilter {
  @Field(() => [String], { nullable: true, description: 'Any of these addresses.' })
  serviceIp?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Any of these ports.' })
  port?: number[] | null;

  @Field(() => [TransportProtocol], { nullable: true, description: 'Any of these transports.' })
  proto?: TransportProtocol[] | null;
}
