import { Migration } from '@mikro-orm/migrations';

/** What people make of alert groups, its history, and changes of many groups at once. */
export class Postgres0013Triage extends Migration {
  override up(): void {
    this.addSql('alter table alert_group add column verdict varchar(255) null');
    this.addSql('alter table alert_group add column assignee_id uuid null');
    this.addSql('alter table alert_group add column quiet_severity smallint null');
    this.addSql('alter table alert_group add column version int not null default 1');
    this.addSql('alter table alert_group add column predecessor_id uuid null');
    this.addSql('create index alert_group_line on alert_group (tenant_id, fingerprint, id)');
    this.addSql(
      'create table alert_group_entry (id uuid not null primary key, tenant_id uuid not null, group_id uuid not null, at bigint not null, user_id uuid null, credential_id varchar(255) not null, status_before varchar(255) not null, status_after varchar(255) not null, verdict_before varchar(255) null, verdict_after varchar(255) null, assignee_id_before uuid null, assignee_id_after uuid null, note text null, bulk_change_id uuid null)',
    );
    this.addSql('create index alert_group_entry_order on alert_group_entry (tenant_id, group_id, id)');
    this.addSql(
      'create table bulk_change (id uuid not null primary key, tenant_id uuid not null, user_id uuid null, credential_id varchar(255) not null, filter jsonb not null, change jsonb not null, status varchar(255) not null, total int not null, changed int not null, undone int not null, kept int not null, place uuid null, until uuid not null, created_at bigint not null, finished_at bigint null, worker varchar(255) null, lease_until bigint null)',
    );
    this.addSql('create index bulk_change_work on bulk_change (status, lease_until)');
    this.addSql(
      'create table bulk_change_item (bulk_change_id uuid not null, group_id uuid not null, tenant_id uuid not null, status varchar(255) not null, verdict varchar(255) null, assignee_id uuid null, quiet_severity smallint null, closed_at bigint null, version int not null, primary key (bulk_change_id, group_id))',
    );
  }
}
