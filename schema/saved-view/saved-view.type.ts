import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';

@ObjectType('SavedView', {
  description: 'Filters of a screen that somebody keeps under a name.',
  simpleResolvers: true,
})
export class SavedViewType {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'The screen that it is of, such as `alerts`.' })
  screen!: string;

  @Field(() => String, { description: 'The filters, as JSON that the screen understands.' })
  query!: string;

  @Field(() => Boolean, { description: 'Whether everybody in the tenant sees it.' })
  isShared!: boolean;

  @Field(() => Boolean, { description: "Whether it is the caller's own: only its owner changes it." })
  isMine!: boolean;

  @Field(() => ID, { nullable: true, description: "The user who keeps it; null: an API token that is nobody's does." })
  ownerId!: string | null;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { description: 'When it was last changed.' })
  updatedAt!: Date;
}
