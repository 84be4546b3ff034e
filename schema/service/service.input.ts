import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, InputType, Int } from 'type-graphql';
import { OrderDirection } from '../alert/alert.enum.ts';
import { ServiceOrderField } from './service.enum.ts';
import { TransportProtocol } from './service-host.type.ts';

@InputType({ description: 'Which services: all conditions hold at once; a list matches any of its values.' })
export class ServiceFilter {
  @Field(() => [String], {
    nullable: true,
    description: 'Any of these addresses or patterns of them (see `DevicePatterns`).',
  })
  serviceIp?: string[] | null;

  @Field(() => [Int], { nullable: true, description: 'Any of these ports.' })
  port?: number[] | null;

  @Field(() => [TransportProtocol], { nullable: true, description: 'Any of these transports.' })
  proto?: TransportProtocol[] | null;

  @Field(() => [Boolean], { nullable: true, description: 'Whether the port is authorized, by the list or by a rule.' })
  authorized?: boolean[] | null;
}

@InputType({ description: 'How services are ordered; those alike by their numbers.' })
export class ServiceOrder {
  @Field(() => ServiceOrderField, { defaultValue: ServiceOrderField.SERVICE_IP, description: 'By what.' })
  field!: ServiceOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: OrderDirection;
}

@InputType({ description: 'A port of a host, whether or not it was seen to answer on it.' })
export class ServicePlaceInput {
  @Field(() => String, { description: 'Address of the host.' })
  serviceIp!: string;

  @Field(() => Int, { description: 'The port, 1 to 65535.' })
  port!: number;

  @Field(() => TransportProtocol, { description: 'What the port belongs to.' })
  proto!: TransportProtocol;
}

@InputType({ description: 'A service that people know of.' })
export class CreateServiceInput extends ServicePlaceInput {
  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was first seen to answer; now if left out.' })
  firstSeen?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last seen to answer; now if left out.' })
  lastSeen?: Date | null;
}

@InputType({ description: 'What changes about a service; what is left out stays.' })
export class UpdateServiceInput {
  @Field(() => ID, { description: 'The service.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Address of the host.' })
  serviceIp?: string | null;

  @Field(() => Int, { nullable: true, description: 'The port, 1 to 65535.' })
  port?: number | null;

  @Field(() => TransportProtocol, { nullable: true, description: 'What the port belongs to.' })
  proto?: TransportProtocol | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was first seen to answer.' })
  firstSeen?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When it was last seen to answer.' })
  lastSeen?: Date | null;
}
