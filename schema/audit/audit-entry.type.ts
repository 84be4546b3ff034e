import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { AuditAction } from './audit-action.enum.ts';

@ObjectType('AuditEntry', {
  description: 'Something that somebody did, kept for good. It was written together with what was done.',
  simpleResolvers: true,
})
export class AuditEntryType {
  @Field(() => ID, { description: 'A UUID; later entries have greater ones.' })
  id!: string;

  @Field(() => GraphQLDateTime, { description: 'When it began.' })
  at!: Date;

  @Field(() => String, {
    description:
      'The credential that it was done with; `sign-in` before there is one, `command line` for the operator.',
  })
  credentialId!: string;

  @Field(() => ID, { nullable: true, description: 'The user whose credential that is; null: nobody stands behind it.' })
  userId!: string | null;

  @Field(() => AuditAction, { description: 'What was done.' })
  action!: AuditAction;

  @Field(() => String, { description: 'To what it was done.' })
  subject!: string;

  @Field(() => GraphQLJSONObject, { description: 'What else there is to know of it.' })
  details!: Readonly<Record<string, unknown>>;
}

export const AuditEntryConnection = connectionOf('AuditEntry', () => AuditEntryType);
