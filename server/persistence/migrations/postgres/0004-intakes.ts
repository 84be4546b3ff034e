import { Migration } from '@mikro-orm/migrations';

/** Kinds and activity of intakes, keys that expire, and the learned rhythm of sources. */
export class Postgres0004Intakes extends Migration {
  override up(): void {
    this.addSql(
      `alter table "intake" add "kind" varchar(255) not null default 'API', add "is_watched" boolean not null default true, add "silence_after_seconds" int null`,
    );
    this.addSql(
      `update "intake" set "kind" = case first."kind" when 'INGEST_KEY' then 'WEBHOOK' when 'INTAKE_KEY' then 'HTTPS_INTAKE' when 'DEVICE_KEY' then 'EDGE_DEVICE' end
       from (select distinct on ("intake_id") "intake_id", "kind" from "credential" where "kind" <> 'API_TOKEN' order by "intake_id", "id") as first where first."intake_id" = "intake"."id"`,
    );
    this.addSql('alter table "credential" add "expires_at" bigint null');
    this.addSql(
      'create table "intake_activity" ("intake_id" uuid not null, "tenant_id" uuid not null, "events" bigint not null, "rejected" bigint not null, "dropped" bigint not null, "last_event_at" bigint null, "last_rejected_at" bigint null, "last_rejected_id" uuid null, "window_no" bigint not null, "window_events" bigint not null, "previous_events" bigint not null, primary key ("intake_id"))',
    );
    this.addSql(
      `insert into "intake_activity"
       select "intake_id", (array_agg("tenant_id"))[1], sum("events"), sum("rejected"), 0, max("last_event_at"), max("last_rejected_at"), max("last_rejected_id"::text)::uuid, 0, 0, 0 from (
         select "intake_id", "tenant_id", 1 as "events", 0 as "rejected", "received_at" as "last_event_at", null::bigint as "last_rejected_at", null::uuid as "last_rejected_id" from "event"
         union all
         select "intake_id", "tenant_id", 0, 1, null, "received_at", "id" from "rejected_event"
       ) as "received" group by "intake_id"`,
    );
    this.addSql(
      'create table "source_rhythm" ("intake_id" uuid not null, "host" text not null, "tenant_id" uuid not null, "first_seen" bigint not null, "last_seen" bigint not null, "observations" bigint not null, "gap" bigint not null, "pause_seen" bigint not null, "pause" bigint not null, "pause_at" bigint not null, "silent_since" bigint null, primary key ("intake_id", "host"))',
    );
  }
}
