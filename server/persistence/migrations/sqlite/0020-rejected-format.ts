import { Migration } from '@mikro-orm/migrations';

/** How rejected input was declared to be written. */
export class Sqlite0020RejectedFormat extends Migration {
  override up(): void {
    this.addSql('alter table rejected_event add column format text null');
  }
}
