import { GraphQLDateTime, GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { AuditAction } from './audit-action.enum.ts';

@ObjectType('AuditActor', { description: 'Who did something.', simpleResolvers: true })
export class AuditActorType {
  @Field(() => String, {
    description: 'How the user is called, or else the credential; for a part of the server, its own name.',
  })
  name!: string;

  @Field(() => ID, { nullable: true, description: 'The user whose credential it was; null: nobody stands behind it.' })
  userId!: string | null;

  @Field(() => String, { description: 'The credential that it was done with.' })
  credentialId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'How the credential is called; null: it is a part of the server.',
  })
  credentialName!: string | null;
}

@ObjectType('AuditEntry', {
  description:
    'Something that somebody did, or was refused, kept for good and never changed. It was written together with what was done.',
  simpleResolvers: true,
})
export class AuditEntryType {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => Int, { description: 'Its place among the entries of the tenant, counted from 1.' })
  sequence!: number;

  @Field(() => String, {
    description: 'SHA-256, in hexadecimal digits, over the hash of the entry before and what this one says.',
  })
  hash!: string;

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

  @Field(() => String, { description: 'To what it was done: mostly an id.' })
  subject!: string;

  @Field(() => GraphQLJSONObject, {
    description: 'What else there is to know of it; mostly the arguments, with secrets left out and long texts cut.',
  })
  details!: Readonly<Record<string, unknown>>;
}

export const AuditEntryConnection = connectionOf('AuditEntry', () => AuditEntryType);
