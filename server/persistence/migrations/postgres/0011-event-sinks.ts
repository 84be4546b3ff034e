import { Migration } from '@mikro-orm/migrations';

/** Who is told of alerts, and when nobody is. */
export class Postgres0011EventSinks extends Migration {
  override up(): void {
    this.addSql(
      'create table event_sink (id uuid not null, tenant_id uuid not null, name text not null, description text not null, kind text not null, configuration jsonb not null, sealed_secrets text not null, is_enabled boolean not null, switched_off_reason text null, min_severity smallint not null, filter jsonb not null, digest_seconds int not null, max_per_hour int null, created_at bigint not null, updated_at bigint not null, primary key (id))',
    );
    this.addSql('create index event_sink_tenant on event_sink (tenant_id, id)');
    this.addSql(
      'create table silence (id uuid not null, tenant_id uuid not null, matchers jsonb not null, starts_at bigint not null, ends_at bigint not null, recurrence jsonb null, reason text not null, created_by uuid null, created_at bigint not null, updated_at bigint not null, primary key (id))',
    );
    this.addSql('create index silence_tenant on silence (tenant_id, id)');
    this.addSql('create index silence_end on silence (tenant_id, ends_at)');
  }
}
