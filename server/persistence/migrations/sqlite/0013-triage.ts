import { Migration } from '@mikro-orm/migrations';

/** What people make of alert groups, its history, and changes of many groups at once. */
export class Sqlite0013Triage extends Migration {
  override up(): void {
    this.addSql('alter table alert_group add column verdict text null');
    this.addSql('alter table alert_group add column assignee_id text null');
    this.addSql('alter table alert_group add column quiet_severity integer null');
    this.addSql('alter table alert_group add column version integer not null default 1');
    this.addSql('alter table alert_group add column predecessor_id text null');
    this.addSql('create index alert_group_line on alert_group (tenant_id, fingerprint, id)');
    this.addSql(
      'create table alert_group_entry (id text not null primary key, tenant_id text not null, group_id text not null, at bigint not null, user_id text null, credential_id text not null, status_before text not null, status_after text not null, verdict_before text null, verdict_after text null, assignee_id_before text null, assignee_id_after text null, note text null, bulk_change_id text null)',
    );
    this.addSql('create index alert_group_entry_order on alert_group_entry (tenant_id, group_id, id)');
    this.addSql(
      'create table bulk_change (id text not null primary key, tenant_id text not null, user_id text null, credential_id text not null, filter json not null, change json not null, status text not null, total integer not null, changed integer not null, undone integer not null, kept integer not null, place text null, until text not null, created_at bigint not null, finished_at bigint null, worker text null, lease_until bigint null)',
    );
    this.addSql('create index bulk_change_work on bulk_change (status, lease_until)');
    this.addSql(
      'create table bulk_change_item (bulk_change_id text not null, group_id text not null, tenant_id text not null, status text not null, verdict text null, assignee_id text null, quiet_severity integer null, closed_at bigint null, version integer not null, primary key (bulk_change_id, group_id))',
    );
  }
}
