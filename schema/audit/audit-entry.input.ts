import { Field, ID, InputType } from 'type-graphql';
import { TimeRange } from '../paging/time-range.input.ts';
import { AuditAction } from './audit-action.enum.ts';

@InputType({
  description: 'Which entries of the audit log; conditions all hold, values of one condition are alternatives.',
})
export class AuditFilter {
  @Field(() => [AuditAction], { nullable: true, description: 'What was done.' })
  action?: AuditAction[] | null;

  @Field(() => [ID], { nullable: true, description: 'Users who did it.' })
  userId?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Credentials that it was done with.' })
  credentialId?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'To what it was done, as written.' })
  subject?: string[] | null;

  @Field(() => TimeRange, { nullable: true, description: 'When it was done.' })
  at?: TimeRange | null;
}
