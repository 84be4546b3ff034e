import { Migration } from '@mikro-orm/migrations';

/** How long data is kept, what is being deleted for it, where the journal stood at which time, and where feeds begin by now. */
export class Postgres0019Retention extends Migration {
  override up(): void {
    this.addSql(
      'create table retention_rule (tenant_id uuid not null, data_set varchar(255) not null, keep_days int null, keep_bytes bigint null, updated_at bigint not null, primary key (tenant_id, data_set))',
    );
    this.addSql(
      'create table retention_run (tenant_id uuid not null, data_set varchar(255) not null, deleted bigint not null, captures bigint not null, sums bigint not null, primary key (tenant_id, data_set))',
    );
    this.addSql(
      'create table retention_worker (id smallint not null primary key, worker varchar(255) null, lease_until bigint not null, run_at bigint not null)',
    );
    this.addSql('insert into retention_worker (id, lease_until, run_at) values (1, 0, 0)');
    this.addSql(
      'create table journal_mark (at bigint not null primary key, event_seq bigint not null, feed_cursor bigint not null)',
    );
    this.addSql(
      'create table feed_floor (tenant_id uuid not null, feed varchar(255) not null, place bigint not null, primary key (tenant_id, feed))',
    );
    this.addSql('create index packet_capture_arrival on packet_capture (tenant_id, alert_id)');
  }
}
