import { Migration } from '@mikro-orm/migrations';

/** What people did. */
export class Postgres0009Audit extends Migration {
  override up(): void {
    this.addSql(
      'create table "audit_entry" ("id" uuid not null, "tenant_id" uuid not null, "at" bigint not null, "credential_id" varchar(255) not null, "user_id" uuid null, "action" varchar(255) not null, "subject" text not null, "details" jsonb not null, primary key ("id"))',
    );
    this.addSql('create index "audit_entry_order" on "audit_entry" ("tenant_id", "id")');
  }
}
