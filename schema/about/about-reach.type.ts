import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'How programs on the network come to this server.', simpleResolvers: true })
export class AboutReach {
  @Field(() => Boolean, {
    description: 'Whether it listens for programs on its own machine alone; a proxy before it may let others in.',
  })
  isLocalOnly!: boolean;

  @Field(() => [String], {
    description: 'URLs that senders may use, the one that the operator has set first; all that it knows of.',
  })
  urls!: string[];

  @Field(() => [String], { description: 'The private ranges that its machine is in, such as 192.168.1.0/24.' })
  networks!: string[];
}
