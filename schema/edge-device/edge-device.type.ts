import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'An edge device that has just registered: its key is shown this once.',
  simpleResolvers: true,
})
export class RegisteredDevice {
  @Field(() => ID, { description: 'What it is known by: the id of its intake.' })
  deviceId!: string;

  @Field(() => String, { description: 'What it sends its events with; only its keyed hash is kept.' })
  deviceKey!: string;

  @Field(() => ID, { description: 'The tenant it belongs to.' })
  tenantId!: string;
}
