import { Migration } from '@mikro-orm/migrations';

/** Kinds and activity of intakes, keys that expire, and the learned rhythm of sources. */
export class Sqlite0004Intakes extends Migration {
  override up(): void {
    this.addSql("alter table intake add column kind text not null default 'API'");
    this.addSql('alter table intake add column is_watched integer not null default true');
    this.addSql('alter table intake add column silence_after_seconds integer null');
    this.addSql(
      `update intake set kind = coalesce((select case kind when 'INGEST_KEY' then 'WEBHOOK' when 'INTAKE_KEY' then 'HTTPS_INTAKE' when 'DEVICE_KEY' then 'EDGE_DEVICE' end
       from credential where intake_id = intake.id and kind <> 'API_TOKEN' order by id limit 1), kind)`,
    );
    this.addSql('alter table credential add column expires_at bigint null');
    this.addSql(
      'create table intake_activity (intake_id text not null primary key, tenant_id text not null, events bigint not null, rejected bigint not null, dropped bigint not null, last_event_at bigint null, last_rejected_at bigint null, last_rejected_id text null, window_no bigint not null, window_events bigint not null, previous_events bigint not null)',
    );
    this.addSql(
      `insert into intake_activity
       select intake_id, max(tenant_id), sum(events), sum(rejected), 0, max(last_event_at), max(last_rejected_at), max(last_rejected_id), 0, 0, 0 from (
         select intake_id, tenant_id, 1 as events, 0 as rejected, received_at as last_event_at, null as last_rejected_at, null as last_rejected_id from event
         union all
         select intake_id, tenant_id, 0, 1, null, received_at, id from rejected_event
       ) group by intake_id`,
    );
    this.addSql(
      'create table source_rhythm (intake_id text not null, host text not null, tenant_id text not null, first_seen bigint not null, last_seen bigint not null, observations bigint not null, gap bigint not null, pause_seen bigint not null, pause bigint not null, pause_at bigint not null, silent_since bigint null, primary key (intake_id, host))',
    );
  }
}
