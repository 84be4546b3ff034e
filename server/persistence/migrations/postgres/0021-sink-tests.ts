import { Migration } from '@mikro-orm/migrations';

/** How it went when a sink was last tried out. */
export class Postgres0021SinkTests extends Migration {
  override up(): void {
    this.addSql('alter table "event_sink" add column "last_test" jsonb null');
  }
}
