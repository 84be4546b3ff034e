import { Migration } from '@mikro-orm/migrations';

/** The outbox, its router, and what is known of sinks. The router begins at the end of the feed: nobody is told of what came before. */
export class Postgres0012Deliveries extends Migration {
  override up(): void {
    this.addSql(
      'create table "delivery_router" ("id" smallint not null, "feed_cursor" bigint not null, "delivery_number" bigint not null, primary key ("id"))',
    );
    this.addSql(
      'create table "delivery" ("id" uuid not null, "number" bigint not null, "tenant_id" uuid not null, "sink_id" uuid not null, "group_id" uuid not null, "reason" varchar(255) not null, "status" varchar(255) not null, "alert_id" bigint not null, "alert_count" bigint not null, "severity" smallint not null, "created_at" bigint not null, "due_at" bigint null, "told_at" bigint null, "started_at" bigint null, "attempts" int not null, "spent" int not null, "claim" uuid null, primary key ("id"))',
    );
    this.addSql('alter table "delivery" add constraint "delivery_number_unique" unique ("number")');
    this.addSql('create index "delivery_arrival" on "delivery" ("tenant_id", "number")');
    this.addSql('create index "delivery_group" on "delivery" ("group_id", "number")');
    this.addSql('create index "delivery_told" on "delivery" ("sink_id", "told_at")');
    this.addSql('create index "delivery_queue" on "delivery" ("status", "sink_id", "due_at")');
    this.addSql('create index "delivery_due" on "delivery" ("status", "due_at")');
    this.addSql(
      'create table "delivery_attempt" ("delivery_id" uuid not null, "number" int not null, "tenant_id" uuid not null, "at" bigint not null, "result" varchar(255) not null, "status" int null, "duration_ms" int not null, "error" text null, primary key ("delivery_id", "number"))',
    );
    this.addSql(
      'create table "notification_episode" ("group_id" uuid not null, "sink_id" uuid not null, "from_alert" bigint not null, "to_alert" bigint not null, "tenant_id" uuid not null, "count" bigint not null, "first_at" bigint not null, "last_at" bigint not null, "outcome" varchar(255) not null, "delivery_id" uuid null, "silence_id" uuid null, primary key ("group_id", "sink_id", "from_alert"))',
    );
    this.addSql(
      'create table "sink_group" ("group_id" uuid not null, "sink_id" uuid not null, "tenant_id" uuid not null, "told_severity" smallint null, "told_at" bigint null, "gathering_id" uuid null, "from_alert" bigint not null, primary key ("group_id", "sink_id"))',
    );
    this.addSql(
      'create table "sink_health" ("sink_id" uuid not null, "tenant_id" uuid not null, "recent" text not null, "open_until" bigint null, "trips" int not null, "probe_until" bigint null, "not_before" bigint null, "failing_since" bigint null, primary key ("sink_id"))',
    );
    this.addSql(
      'insert into delivery_router (id, feed_cursor, delivery_number) select 1, feed_cursor, 0 from journal_head',
    );
  }
}
