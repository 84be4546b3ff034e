import { Field, Int, ObjectType } from 'type-graphql';
import { ObservedServiceType, TransportProtocol } from './service-host.type.ts';

@ObjectType('AllowedService', {
  description: 'A port on which people let a host answer, whether or not it was seen to.',
  simpleResolvers: true,
})
export class AllowedServiceType {
  @Field(() => String, { description: 'Address of the host.' })
  serviceIp!: string;

  @Field(() => Int, { description: 'The port.' })
  port!: number;

  @Field(() => TransportProtocol, { description: 'What the port belongs to.' })
  proto!: TransportProtocol;

  @Field(() => ObservedServiceType, {
    nullable: true,
    description: 'The service, if the host was seen to answer there.',
  })
  service!: ObservedServiceType | null;
}
