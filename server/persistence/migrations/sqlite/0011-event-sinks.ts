import { Migration } from '@mikro-orm/migrations';

/** Who is told of alerts, and when nobody is. */
export class Sqlite0011EventSinks extends Migration {
  override up(): void {
    this.addSql(
      'create table event_sink (id text not null, tenant_id text not null, name text not null, description text not null, kind text not null, configuration json not null, sealed_secrets text not null, is_enabled integer not null, switched_off_reason text null, min_severity integer not null, filter json not null, digest_seconds integer not null, max_per_hour integer null, created_at bigint not null, updated_at bigint not null, primary key (id))',
    );
    this.addSql('create index event_sink_tenant on event_sink (tenant_id, id)');
    this.addSql(
      'create table silence (id text not null, tenant_id text not null, matchers json not null, starts_at bigint not null, ends_at bigint not null, recurrence json null, reason text not null, created_by text null, created_at bigint not null, updated_at bigint not null, primary key (id))',
    );
    this.addSql('create index silence_tenant on silence (tenant_id, id)');
    this.addSql('create index silence_end on silence (tenant_id, ends_at)');
  }
}
