import { Migration } from '@mikro-orm/migrations';

/** Roles, when a credential was last used, and the links by which people come in first. */
export class Sqlite0014Access extends Migration {
  override up(): void {
    this.addSql(
      'create table app_role (id text not null primary key, tenant_id text not null, name text not null, permissions json not null, created_at bigint not null)',
    );
    this.addSql('create unique index app_role_name on app_role (tenant_id, name)');
    this.addSql('alter table app_user add column role_id text null');
    this.addSql('alter table credential add column last_used_at bigint null');
    this.addSql('create index credential_user on credential (user_id, kind)');
    this.addSql(
      'create table setup_link (id text not null primary key, user_id text null, secret_hash text not null, created_at bigint not null, expires_at bigint not null, used_at bigint null)',
    );
    this.addSql('create unique index setup_link_secret_hash_unique on setup_link (secret_hash)');
  }
}
