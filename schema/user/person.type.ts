import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Person', {
  description: 'A user as colleagues see one: no more than who it is.',
  simpleResolvers: true,
})
export class PersonType {
  @Field(() => ID, { description: 'The UUID of the user.' })
  id!: string;

  @Field(() => String, { description: 'How the user is called.' })
  name!: string;
}
