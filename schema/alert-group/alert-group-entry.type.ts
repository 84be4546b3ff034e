import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { AlertStatus, Verdict } from './alert-group.enum.ts';

@ObjectType('AlertGroupEntry', {
  description: 'A step of the triage of an alert group: what it was before, and what it has been since.',
  simpleResolvers: true,
})
export class AlertGroupEntryType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => GraphQLDateTime, { description: 'When.' })
  at!: Date;

  @Field(() => AlertStatus, { description: 'Where it stood before.' })
  statusBefore!: AlertStatus;

  @Field(() => AlertStatus, { description: 'Where it has stood since.' })
  statusAfter!: AlertStatus;

  @Field(() => Verdict, { nullable: true, description: 'The verdict before.' })
  verdictBefore!: Verdict | null;

  @Field(() => Verdict, { nullable: true, description: 'The verdict since.' })
  verdictAfter!: Verdict | null;

  @Field(() => String, { nullable: true, description: 'What was said about it.' })
  note!: string | null;

  @Field(() => ID, { nullable: true, description: 'The bulk change that it was a part of, or that was undone by it.' })
  bulkChangeId!: string | null;

  /** What `by`, `assigneeBefore` and `assigneeAfter` are looked up by. */
  userId!: string | null;
  assigneeIdBefore!: string | null;
  assigneeIdAfter!: string | null;
}
