import { Migration } from '@mikro-orm/migrations';

/** What edge devices say of themselves, and the module that reads their backups. */
export class Sqlite0003Edge extends Migration {
  override up(): void {
    this.addSql('alter table tenant add column backup_module integer not null default true');
    this.addSql('alter table intake add column location text null');
    this.addSql('alter table intake add column device_type text null');
  }
}
