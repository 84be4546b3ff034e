import { Migration } from '@mikro-orm/migrations';

/** Lists of threat intelligence and what they name. */
export class Sqlite0006ThreatIntel extends Migration {
  override up(): void {
    this.addSql(
      'create table threat_list (id integer not null primary key autoincrement, kind text not null, source text not null, indicators bigint not null, size_bytes bigint not null, prefixes text not null, updated_at bigint null)',
    );
    this.addSql('create unique index threat_list_in_force on threat_list (kind) where updated_at is not null');
    this.addSql(
      'create table threat_indicator (list_id integer not null, value text not null, primary key (list_id, value))',
    );
  }
}
