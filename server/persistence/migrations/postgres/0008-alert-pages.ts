import { Migration } from '@mikro-orm/migrations';

/** Alerts of each kind counted, in order of time and of severity, and found by their groups. */
export class Postgres0008AlertPages extends Migration {
  override up(): void {
    this.addSql('drop index "alert_occurred"');
    this.addSql('create index "alert_occurred" on "alert" ("tenant_id", "kind", "occurred_at", "id")');
    this.addSql('drop index "alert_severity"');
    this.addSql('create index "alert_severity" on "alert" ("tenant_id", "kind", "severity", "id")');
    this.addSql('create index "alert_member" on "alert" ("group_id", "severity", "id")');
    this.addSql(
      `insert into counter (tenant_id, name, value)
       select tenant_id, case kind when 'NETWORK' then 'networkAlerts' else 'serverAlerts' end, count(*) from alert group by tenant_id, kind`,
    );
  }
}
