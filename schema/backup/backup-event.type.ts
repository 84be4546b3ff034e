import { GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from '../paging/connection.type.ts';
import { TimeRange } from '../paging/time-range.input.ts';

@ObjectType('BackupEvent', { description: 'What became of a backup job.', simpleResolvers: true })
export class BackupEventType {
  @Field(() => ID, { description: 'A whole number.' })
  id!: number;

  @Field(() => GraphQLDateTime, { description: 'When it was reported.' })
  occurredAt!: Date;

  @Field(() => String, { nullable: true, description: 'Id of the appliance that reported it.' })
  agent!: string | null;

  @Field(() => String, { description: 'The job.' })
  jobId!: string;

  @Field(() => String, { description: 'What became of it, in the words of the appliance.' })
  status!: string;

  @Field(() => String, { nullable: true, description: 'What was backed up.' })
  assetId!: string | null;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'Bytes backed up.' })
  sizeBytes!: number | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the backup, as the appliance says.' })
  checksumSha256!: string | null;

  /** What `event` is looked up by. */
  eventId!: string | null;
}

@InputType({ description: 'Which backup events: all conditions hold at once; a list matches any of its values.' })
export class BackupEventFilter {
  @Field(() => TimeRange, { nullable: true, description: 'When it was reported.' })
  occurredAt?: TimeRange | null;

  @Field(() => [String], { nullable: true, description: 'Any of these appliances, exactly.' })
  agent?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these jobs, exactly.' })
  jobId?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these outcomes, exactly.' })
  status?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Any of these assets, exactly.' })
  assetId?: string[] | null;
}

export const BackupEventConnection = connectionOf('BackupEvent', () => BackupEventType);
