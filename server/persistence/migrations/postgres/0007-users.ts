import { Migration } from '@mikro-orm/migrations';

/** The people of each tenant, and whose an API token is. */
export class Postgres0007Users extends Migration {
  override up(): void {
    this.addSql(
      'create table "app_user" ("id" uuid not null, "tenant_id" uuid not null, "email" varchar(255) not null, "name" varchar(255) not null, "permissions" jsonb not null, "password_hash" varchar(255) null, "created_at" bigint not null, "disabled_at" bigint null, primary key ("id"))',
    );
    this.addSql('alter table "app_user" add constraint "app_user_email_unique" unique ("email")');
    this.addSql(
      'alter table "app_user" add constraint "app_user_tenant_id_foreign" foreign key ("tenant_id") references "tenant" ("id")',
    );
    this.addSql('alter table "credential" add "user_id" uuid null');
  }
}
