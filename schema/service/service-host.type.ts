import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { ServiceAuthorization } from './service-rule.enum.ts';

/** The transports that services are observed on. */
export const TransportProtocol = { tcp: 'tcp', udp: 'udp' } as const;

export type TransportProtocol = (typeof TransportProtocol)[keyof typeof TransportProtocol];

registerEnumType(TransportProtocol, {
  name: 'TransportProtocol',
  description: 'What a port belongs to.',
  valuesConfig: {
    tcp: { description: 'Transmission Control Protocol.' },
    udp: { description: 'User Datagram Protocol.' },
  },
});

@ObjectType('ObservedService', { description: 'A port on which a host was seen to answer.', simpleResolvers: true })
export class ObservedServiceType {
  @Field(() => ID, { description: 'A whole number.' })
  id!: number;

  @Field(() => String, { description: 'Address of the host.' })
  serviceIp!: string;

  @Field(() => Int, { description: 'The port.' })
  port!: number;

  @Field(() => TransportProtocol, { description: 'What the port belongs to.' })
  proto!: TransportProtocol;

  @Field(() => Boolean, { description: 'Whether there is nothing left to authorize: see `authorizedBy`.' })
  authorized!: boolean;

  @Field(() => ServiceAuthorization, {
    nullable: true,
    description: 'Why it counts as authorized; null if it does not.',
  })
  authorizedBy!: ServiceAuthorization | null;

  @Field(() => GraphQLDateTime, { description: 'When it was first seen to answer.' })
  firstSeen!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last seen to answer.' })
  lastSeen!: Date;
}

@ObjectType('ServiceHost', { description: 'The ports on which one address was seen to answer.', simpleResolvers: true })
export class ServiceHostType {
  @Field(() => String, { description: 'The address.' })
  serviceIp!: string;

  @Field(() => Boolean, { description: 'Whether all of these ports are authorized.' })
  authorized!: boolean;

  @Field(() => GraphQLDateTime, { description: 'When one of its ports was first seen to answer.' })
  firstSeen!: Date;

  @Field(() => GraphQLDateTime, { description: 'When one of its ports was last seen to answer.' })
  lastSeen!: Date;

  @Field(() => [ObservedServiceType], { description: 'Its TCP ports, lowest first.' })
  tcpPorts!: ObservedServiceType[];

  @Field(() => [ObservedServiceType], { description: 'Its UDP ports, lowest first.' })
  udpPorts!: ObservedServiceType[];
}
