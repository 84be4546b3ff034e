import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';

@ObjectType('Invitation', { description: 'A link by which a user sets its password.', simpleResolvers: true })
export class InvitationType {
  @Field(() => String, {
    description: 'Where it leads; whoever has it can sign in as the user. It is shown this once.',
  })
  link!: string;

  @Field(() => GraphQLDateTime, { description: 'When it ceases to open anything, unless it is used before.' })
  expiresAt!: Date;
}
