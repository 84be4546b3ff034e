import { Migration } from '@mikro-orm/migrations';

/** Rules about ports on which hosts may answer. */
export class Sqlite0010ServiceRules extends Migration {
  override up(): void {
    this.addSql(
      'create table service_rule (id integer not null primary key autoincrement, tenant_id text not null, effect text not null, address text not null, low_key text not null, high_key text not null, proto text not null, port integer not null, created_at bigint not null)',
    );
    this.addSql(
      'create unique index service_rule_once on service_rule (tenant_id, effect, low_key, high_key, proto, port)',
    );
  }
}
