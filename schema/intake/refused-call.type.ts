import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { RefusedCallReason } from './refused-call.enum.ts';

@ObjectType('RefusedCall', {
  description: 'Calls of one address to one path that were refused of late; what they brought is not kept.',
  simpleResolvers: true,
})
export class RefusedCallType {
  @Field(() => String, { description: 'The IP address that called.' })
  address!: string;

  @Field(() => String, { description: 'The path that was called; long parts of it are left out.' })
  path!: string;

  @Field(() => RefusedCallReason, { description: 'Why.' })
  reason!: RefusedCallReason;

  @Field(() => Int, { description: 'How often, without a pause of a quarter of an hour.' })
  count!: number;

  @Field(() => GraphQLDateTime, { description: 'When it called last.' })
  lastAt!: Date;
}
