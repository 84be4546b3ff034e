import { Migration } from '@mikro-orm/migrations';

/** What edge devices say of themselves, and the module that reads their backups. */
export class Postgres0003Edge extends Migration {
  override up(): void {
    this.addSql('alter table tenant add column backup_module boolean not null default true');
    this.addSql('alter table intake add column location varchar(255) null');
    this.addSql('alter table intake add column device_type varchar(255) null');
  }
}
