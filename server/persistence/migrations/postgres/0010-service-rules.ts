import { Migration } from '@mikro-orm/migrations';

/** Rules about ports on which hosts may answer. */
export class Postgres0010ServiceRules extends Migration {
  override up(): void {
    this.addSql(
      'create table "service_rule" ("id" bigserial primary key, "tenant_id" uuid not null, "effect" text not null, "address" text not null, "low_key" uuid not null, "high_key" uuid not null, "proto" text not null, "port" int not null, "created_at" bigint not null)',
    );
    this.addSql(
      'alter table "service_rule" add constraint "service_rule_once" unique ("tenant_id", "effect", "low_key", "high_key", "proto", "port")',
    );
  }
}
