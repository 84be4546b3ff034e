import { Migration } from '@mikro-orm/migrations';

/** What people did. */
export class Sqlite0009Audit extends Migration {
  override up(): void {
    this.addSql(
      'create table audit_entry (id text not null primary key, tenant_id text not null, at bigint not null, credential_id text not null, user_id text null, action text not null, subject text not null, details json not null)',
    );
    this.addSql('create index audit_entry_order on audit_entry (tenant_id, id)');
  }
}
