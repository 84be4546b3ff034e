import { GraphQLDateTime } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { Severity } from '../severity.enum.ts';

@ObjectType('Tenant', {
  description: 'An organization: whose events, alerts and people these are.',
  simpleResolvers: true,
})
export class TenantType {
  @Field(() => ID, { description: 'UUIDv7.' })
  id!: string;

  @Field(() => String, { description: 'Unique in the installation.' })
  name!: string;

  @Field(() => Severity, { description: 'Events of this severity and above raise an alert.' })
  alertThreshold!: Severity;

  @Field(() => Boolean, { description: 'Whether reports of backups are processed, or only kept as events.' })
  backupModule!: boolean;

  @Field(() => GraphQLDateTime, { description: 'When it was made.' })
  createdAt!: Date;
}
