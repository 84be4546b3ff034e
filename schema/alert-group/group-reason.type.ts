import { Field, ObjectType } from 'type-graphql';
import { GroupReasonKind } from './group-reason.enum.ts';

@ObjectType('GroupReason', {
  description: 'Something that all alerts of a group have in common, for clients that say it in words of their own.',
  simpleResolvers: true,
})
export class GroupReasonType {
  @Field(() => GroupReasonKind, { description: 'What is the same.' })
  kind!: GroupReasonKind;

  @Field(() => String, { description: 'What it is in all of them.' })
  value!: string;
}
