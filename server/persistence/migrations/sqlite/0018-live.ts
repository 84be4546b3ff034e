import { Migration } from '@mikro-orm/migrations';

/** Steps of the feed about what is known by a UUID. */
export class Sqlite0018Live extends Migration {
  override up(): void {
    this.addSql('alter table feed add column subject_id text null');
  }
}
