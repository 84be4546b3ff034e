import { Migration } from '@mikro-orm/migrations';

/** The ports on which people let hosts answer. */
export class Sqlite0005AllowedServices extends Migration {
  override up(): void {
    this.addSql(
      'create table allowed_service (tenant_id text not null, ip_key text not null, proto text not null, port integer not null, ip text not null, allowed_at bigint not null, primary key (tenant_id, ip_key, proto, port))',
    );
  }
}
