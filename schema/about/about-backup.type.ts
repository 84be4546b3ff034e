import { GraphQLBigInt, GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { OwnBackupProblem } from './about-backup.enum.ts';

@ObjectType({ description: 'A backup that the server has made of its own database.', simpleResolvers: true })
export class OwnBackupCopy {
  @Field(() => GraphQLDateTime, { description: 'When it was begun: all that was acknowledged by then is in it.' })
  at!: Date;

  @Field(() => String, { description: 'Name of the file in the folder of backups.' })
  file!: string;

  @Field(() => GraphQLBigInt, { description: 'Its size in bytes.' })
  sizeBytes!: number;
}

@ObjectType({ description: 'An attempt that made no backup.', simpleResolvers: true })
export class OwnBackupFailure {
  @Field(() => GraphQLDateTime, { description: 'When.' })
  at!: Date;

  @Field(() => OwnBackupProblem, { description: 'Why.' })
  problem!: OwnBackupProblem;
}

@ObjectType({ description: 'How the server backs its own database up.', simpleResolvers: true })
export class OwnBackups {
  @Field(() => Int, { nullable: true, description: 'Seconds from one to the next; null: none is made.' })
  everySeconds!: number | null;

  @Field(() => Int, { description: 'How many are kept.' })
  keep!: number;

  @Field(() => OwnBackupCopy, { nullable: true, description: 'The latest that was made; null: none so far.' })
  last!: OwnBackupCopy | null;

  @Field(() => OwnBackupFailure, { nullable: true, description: 'What became of the latest attempt; null: a backup.' })
  failure!: OwnBackupFailure | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the next is due; null: none is made.' })
  nextAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether there should have been a newer one for a while.' })
  isLate!: boolean;
}
