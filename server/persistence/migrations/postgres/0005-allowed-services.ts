import { Migration } from '@mikro-orm/migrations';

/** The ports on which people let hosts answer. */
export class Postgres0005AllowedServices extends Migration {
  override up(): void {
    this.addSql(
      'create table "allowed_service" ("tenant_id" uuid not null, "ip_key" uuid not null, "proto" text not null, "port" int not null, "ip" text not null, "allowed_at" bigint not null, primary key ("tenant_id", "ip_key", "proto", "port"))',
    );
  }
}
