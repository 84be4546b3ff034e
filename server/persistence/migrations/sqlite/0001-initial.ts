import { Migration } from '@mikro-orm/migrations';

/** Events, alerts, groups, feed, rejected events, counters, tenants, intakes, credentials, and full text over events. */
export class Sqlite0001Initial extends Migration {
  override up(): void {
    this.addSql(
      'create table alert (id integer not null primary key, tenant_id text not null, group_id text not null, kind text not null, occurred_at bigint not null, severity integer not null, type text not null, agent text null, agent_name text null, source_ip text null, source_mac text null, source_port integer null, destination_ip text null, destination_mac text null, destination_port integer null)',
    );
    this.addSql('create index alert_arrival on alert (tenant_id, id)');
    this.addSql('create index alert_occurred on alert (tenant_id, occurred_at, id)');
    this.addSql('create index alert_severity on alert (tenant_id, severity, id)');
    this.addSql(
      "create table alert_group (id text not null primary key, tenant_id text not null, fingerprint text not null, kind text not null, severity integer not null, type text not null, title text not null, status text not null default 'NEW', count bigint not null, first_seen bigint not null, last_seen bigint not null, last_alert_id bigint not null, closed_at bigint null)",
    );
    this.addSql('create index alert_group_activity on alert_group (tenant_id, last_alert_id)');
    this.addSql('create unique index alert_group_open on alert_group (tenant_id, fingerprint) where closed_at is null');
    this.addSql(
      'create table counter (tenant_id text not null, name text not null, value bigint not null, primary key (tenant_id, name))',
    );
    this.addSql(
      'create table event (seq integer not null primary key, id text not null, tenant_id text not null, intake_id text not null, occurred_at bigint not null, received_at bigint not null, format text not null, host text null, app text null, severity integer not null, is_alert integer not null, title text null, message text not null, raw text not null, external_id text null, digest text null)',
    );
    this.addSql('create unique index event_id on event (id)');
    this.addSql('create index event_arrival on event (tenant_id, seq)');
    this.addSql(
      'create unique index event_resend on event (external_id, intake_id, digest) where external_id is not null',
    );
    this.addSql(
      'create table feed (cursor integer not null primary key, tenant_id text not null, topic text not null, subject bigint not null)',
    );
    this.addSql(
      'create table journal_head (id integer not null primary key, event_seq bigint not null, feed_cursor bigint not null)',
    );
    this.addSql(
      'create table rejected_event (id text not null primary key, tenant_id text not null, intake_id text not null, received_at bigint not null, reason text not null, raw text not null)',
    );
    this.addSql('create index rejected_event_arrival on rejected_event (tenant_id, id)');
    this.addSql(
      'create table tenant (id text not null primary key, name text not null, alert_threshold integer not null default 2, created_at bigint not null)',
    );
    this.addSql('create unique index tenant_name_unique on tenant (name)');
    this.addSql(
      'create table intake (id text not null primary key, tenant_id text not null, name text not null, created_at bigint not null, constraint intake_tenant_id_foreign foreign key (tenant_id) references tenant (id))',
    );
    this.addSql('create index intake_tenant_id_index on intake (tenant_id)');
    this.addSql('create unique index intake_tenant_id_name_unique on intake (tenant_id, name)');
    this.addSql(
      'create table credential (id text not null primary key, tenant_id text not null, intake_id text not null, kind text not null, name text not null, permissions json not null, secret_hash text not null, created_at bigint not null, revoked_at bigint null, constraint credential_tenant_id_foreign foreign key (tenant_id) references tenant (id), constraint credential_intake_id_foreign foreign key (intake_id) references intake (id))',
    );
    this.addSql('create index credential_tenant_id_index on credential (tenant_id)');
    this.addSql('create index credential_intake_id_index on credential (intake_id)');
    this.addSql('create unique index credential_secret_hash_unique on credential (secret_hash)');
    this.addSql(
      "create virtual table event_text using fts5(title, message, content='event', content_rowid='seq', detail='none', tokenize='unicode61 remove_diacritics 2')",
    );
    this.addSql('insert into journal_head (id, event_seq, feed_cursor) values (1, 0, 0)');
  }
}
