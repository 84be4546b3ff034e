import { Migration } from '@mikro-orm/migrations';

/** Roles, when a credential was last used, and the links by which people come in first. */
export class Postgres0014Access extends Migration {
  override up(): void {
    this.addSql(
      'create table app_role (id varchar(255) not null primary key, tenant_id uuid not null, name varchar(255) not null, permissions jsonb not null, created_at bigint not null)',
    );
    this.addSql('alter table app_role add constraint app_role_name unique (tenant_id, name)');
    this.addSql('alter table app_user add column role_id varchar(255) null');
    this.addSql('alter table credential add column last_used_at bigint null');
    this.addSql('create index credential_user on credential (user_id, kind)');
    this.addSql(
      'create table setup_link (id uuid not null primary key, user_id uuid null, secret_hash varchar(255) not null, created_at bigint not null, expires_at bigint not null, used_at bigint null)',
    );
    this.addSql('alter table setup_link add constraint setup_link_secret_hash_unique unique (secret_hash)');
  }
}
