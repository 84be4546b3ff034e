import { Field, InputType } from 'type-graphql';
import { Severity } from '../severity.enum.ts';

@InputType({ description: 'What to change of the tenant; what is left out, or null, stays as it is.' })
export class UpdateTenantInput {
  @Field(() => String, { nullable: true, description: '1 to 200 characters, unique in the installation.' })
  name?: string | null;

  @Field(() => Severity, {
    nullable: true,
    description: 'Events of this severity and above raise an alert from now on.',
  })
  alertThreshold?: Severity | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether reports of backups are processed from now on, or only kept as events.',
  })
  backupModule?: boolean | null;
}
