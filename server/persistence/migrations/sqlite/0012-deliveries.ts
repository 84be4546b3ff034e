import { Migration } from '@mikro-orm/migrations';

/** The outbox, its router, and what is known of sinks. The router begins at the end of the feed: nobody is told of what came before. */
export class Sqlite0012Deliveries extends Migration {
  override up(): void {
    this.addSql(
      'create table delivery_router (id integer not null primary key, feed_cursor bigint not null, delivery_number bigint not null)',
    );
    this.addSql(
      'create table delivery (id text not null primary key, number bigint not null, tenant_id text not null, sink_id text not null, group_id text not null, reason text not null, status text not null, alert_id bigint not null, alert_count bigint not null, severity integer not null, created_at bigint not null, due_at bigint null, told_at bigint null, started_at bigint null, attempts integer not null, spent integer not null, claim text null)',
    );
    this.addSql('create unique index delivery_number_unique on delivery (number)');
    this.addSql('create index delivery_arrival on delivery (tenant_id, number)');
    this.addSql('create index delivery_group on delivery (group_id, number)');
    this.addSql('create index delivery_told on delivery (sink_id, told_at)');
    this.addSql('create index delivery_queue on delivery (status, sink_id, due_at)');
    this.addSql('create index delivery_due on delivery (status, due_at)');
    this.addSql(
      'create table delivery_attempt (delivery_id text not null, number integer not null, tenant_id text not null, at bigint not null, result text not null, status integer null, duration_ms integer not null, error text null, primary key (delivery_id, number))',
    );
    this.addSql(
      'create table notification_episode (group_id text not null, sink_id text not null, from_alert bigint not null, to_alert bigint not null, tenant_id text not null, count bigint not null, first_at bigint not null, last_at bigint not null, outcome text not null, delivery_id text null, silence_id text null, primary key (group_id, sink_id, from_alert))',
    );
    this.addSql(
      'create table sink_group (group_id text not null, sink_id text not null, tenant_id text not null, told_severity integer null, told_at bigint null, gathering_id text null, from_alert bigint not null, primary key (group_id, sink_id))',
    );
    this.addSql(
      'create table sink_health (sink_id text not null primary key, tenant_id text not null, recent text not null, open_until bigint null, trips integer not null, probe_until bigint null, not_before bigint null, failing_since bigint null)',
    );
    this.addSql(
      'insert into delivery_router (id, feed_cursor, delivery_number) select 1, feed_cursor, 0 from journal_head',
    );
  }
}
