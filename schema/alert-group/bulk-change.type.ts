import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { BulkChangeStatus } from './bulk-change.enum.ts';

@ObjectType('BulkChange', {
  description: 'One change of the triage of many alert groups, made by the server while everything else goes on.',
  simpleResolvers: true,
})
export class BulkChangeType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => BulkChangeStatus, { description: 'How far it is.' })
  status!: BulkChangeStatus;

  @Field(() => Int, { description: 'Groups to be changed: those that matched when it was asked for.' })
  total!: number;

  @Field(() => Int, { description: 'Groups changed so far.' })
  changed!: number;

  @Field(() => Int, { description: 'Groups whose change has been taken back.' })
  undone!: number;

  @Field(() => Int, {
    description: 'Groups that were left as they are when it was taken back, for somebody has changed them since.',
  })
  kept!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was asked for.' })
  createdAt!: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When all groups had been changed.' })
  finishedAt!: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Until when it can be taken back; null: not now.' })
  undoUntil!: Date | null;
}
