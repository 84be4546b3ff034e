import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

/** How far a change of many groups is. */
export const BulkChangeStatus = { RUNNING: 'RUNNING', DONE: 'DONE', UNDOING: 'UNDOING', UNDONE: 'UNDONE' } as const;

export type BulkChangeStatus = (typeof BulkChangeStatus)[keyof typeof BulkChangeStatus];

registerEnumType(BulkChangeStatus, {
  name: 'BulkChangeStatus',
  description: 'How far a change of many alert groups is.',
  valuesConfig: {
    RUNNING: { description: 'It is being made; it goes on when the server is started again.' },
    DONE: { description: 'All groups have been changed.' },
    UNDOING: { description: 'It is being taken back.' },
    UNDONE: { description: 'It was taken back.' },
  },
});

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
