import { Migration } from '@mikro-orm/migrations';

/** The people of each tenant, and whose an API token is. */
export class Sqlite0007Users extends Migration {
  override up(): void {
    this.addSql(
      'create table app_user (id text not null primary key, tenant_id text not null, email text not null, name text not null, permissions json not null, password_hash text null, created_at bigint not null, disabled_at bigint null, constraint app_user_tenant_id_foreign foreign key (tenant_id) references tenant (id))',
    );
    this.addSql('create index app_user_tenant_id_index on app_user (tenant_id)');
    this.addSql('create unique index app_user_email_unique on app_user (email)');
    this.addSql('alter table credential add column user_id text null');
  }
}
