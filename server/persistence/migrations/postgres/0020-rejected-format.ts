import { Migration } from '@mikro-orm/migrations';

/** How rejected input was declared to be written. */
export class Postgres0020RejectedFormat extends Migration {
  override up(): void {
    this.addSql('alter table rejected_event add column format varchar(255) null');
  }
}
