import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Intake', {
  description: 'A named stream of events of one tenant, opened by its credentials.',
  simpleResolvers: true,
})
export class IntakeType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => String, { description: 'What the operator calls it; unique in its tenant.' })
  name!: string;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => String, { nullable: true, description: 'Where its device stands, as that said when it registered.' })
  location!: string | null;

  @Field(() => String, { nullable: true, description: 'What sort of device it is, as that said when it registered.' })
  deviceType!: string | null;
}
