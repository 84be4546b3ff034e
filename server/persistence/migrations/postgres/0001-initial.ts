import { Migration } from '@mikro-orm/migrations';

/** Events, alerts, groups, feed, rejected events, counters, tenants, intakes, credentials, and full text over events. */
export class Postgres0001Initial extends Migration {
  override up(): void {
    this.addSql(
      'create table "alert" ("id" bigint not null, "tenant_id" uuid not null, "group_id" uuid not null, "kind" varchar(255) not null, "occurred_at" bigint not null, "severity" smallint not null, "type" text not null, "agent" text null, "agent_name" text null, "source_ip" text null, "source_mac" text null, "source_port" int null, "destination_ip" text null, "destination_mac" text null, "destination_port" int null, primary key ("id"))',
    );
    this.addSql('create index "alert_arrival" on "alert" ("tenant_id", "id")');
    this.addSql('create index "alert_occurred" on "alert" ("tenant_id", "occurred_at", "id")');
    this.addSql('create index "alert_severity" on "alert" ("tenant_id", "severity", "id")');
    this.addSql(
      `create table "alert_group" ("id" uuid not null, "tenant_id" uuid not null, "fingerprint" text not null, "kind" varchar(255) not null, "severity" smallint not null, "type" text not null, "title" text not null, "status" varchar(255) not null default 'NEW', "count" bigint not null, "first_seen" bigint not null, "last_seen" bigint not null, "last_alert_id" bigint not null, "closed_at" bigint null, primary key ("id"))`,
    );
    this.addSql('create index "alert_group_activity" on "alert_group" ("tenant_id", "last_alert_id")');
    this.addSql(
      'create unique index "alert_group_open" on "alert_group" ("tenant_id", "fingerprint") where closed_at is null',
    );
    this.addSql(
      'create table "counter" ("tenant_id" uuid not null, "name" varchar(255) not null, "value" bigint not null, primary key ("tenant_id", "name"))',
    );
    this.addSql(
      'create table "event" ("seq" bigint not null, "id" uuid not null, "tenant_id" uuid not null, "intake_id" uuid not null, "occurred_at" bigint not null, "received_at" bigint not null, "format" varchar(255) not null, "host" text null, "app" text null, "severity" smallint not null, "is_alert" boolean not null, "title" text null, "message" text not null, "raw" text not null, "external_id" text null, "digest" text null, primary key ("seq"))',
    );
    this.addSql('alter table "event" add constraint "event_id" unique ("id")');
    this.addSql('create index "event_arrival" on "event" ("tenant_id", "seq")');
    this.addSql(
      'create unique index "event_resend" on "event" ("external_id", "intake_id", "digest") where external_id is not null',
    );
    this.addSql(
      'create table "feed" ("cursor" bigint not null, "tenant_id" uuid not null, "topic" varchar(255) not null, "subject" bigint not null, primary key ("cursor"))',
    );
    this.addSql(
      'create table "journal_head" ("id" smallint not null, "event_seq" bigint not null, "feed_cursor" bigint not null, primary key ("id"))',
    );
    this.addSql(
      'create table "rejected_event" ("id" uuid not null, "tenant_id" uuid not null, "intake_id" uuid not null, "received_at" bigint not null, "reason" text not null, "raw" text not null, primary key ("id"))',
    );
    this.addSql('create index "rejected_event_arrival" on "rejected_event" ("tenant_id", "id")');
    this.addSql(
      'create table "tenant" ("id" uuid not null, "name" varchar(255) not null, "alert_threshold" smallint not null default 2, "created_at" bigint not null, primary key ("id"))',
    );
    this.addSql('alter table "tenant" add constraint "tenant_name_unique" unique ("name")');
    this.addSql(
      'create table "intake" ("id" uuid not null, "tenant_id" uuid not null, "name" varchar(255) not null, "created_at" bigint not null, primary key ("id"))',
    );
    this.addSql('alter table "intake" add constraint "intake_tenant_id_name_unique" unique ("tenant_id", "name")');
    this.addSql(
      'create table "credential" ("id" uuid not null, "tenant_id" uuid not null, "intake_id" uuid not null, "kind" varchar(255) not null, "name" varchar(255) not null, "permissions" jsonb not null, "secret_hash" varchar(255) not null, "created_at" bigint not null, "revoked_at" bigint null, primary key ("id"))',
    );
    this.addSql('alter table "credential" add constraint "credential_secret_hash_unique" unique ("secret_hash")');
    this.addSql(
      'alter table "intake" add constraint "intake_tenant_id_foreign" foreign key ("tenant_id") references "tenant" ("id")',
    );
    this.addSql(
      'alter table "credential" add constraint "credential_tenant_id_foreign" foreign key ("tenant_id") references "tenant" ("id")',
    );
    this.addSql(
      'alter table "credential" add constraint "credential_intake_id_foreign" foreign key ("intake_id") references "intake" ("id")',
    );
    this.addSql('create table "event_text" ("seq" bigint primary key, "terms" tsvector not null)');
    this.addSql('create index "event_text_terms" on "event_text" using gin ("terms")');
    this.addSql('insert into "journal_head" ("id", "event_seq", "feed_cursor") values (1, 0, 0)');
  }
}
