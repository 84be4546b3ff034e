import { Migration } from '@mikro-orm/migrations';

/** The audit log becomes a chain. What stands in it already is chained by the server, which alone has the key of the seal. */
export class Postgres0015AuditChain extends Migration {
  override up(): void {
    this.addSql('drop index audit_entry_order');
    this.addSql('alter table audit_entry add column sequence bigint null');
    this.addSql('alter table audit_entry add column hash varchar(255) null');
    this.addSql('alter table audit_entry add constraint audit_entry_order unique (tenant_id, sequence)');
    this.addSql('create index audit_entry_at on audit_entry (tenant_id, at)');
    for (const [name, column] of [
      ['action', 'action'],
      ['credential', 'credential_id'],
      ['user', 'user_id'],
      ['subject', 'subject'],
    ]) {
      this.addSql(`create index audit_entry_${name} on audit_entry (tenant_id, ${column}, sequence)`);
    }
    this.addSql(
      'create table audit_head (tenant_id uuid not null primary key, sequence bigint not null, hash varchar(255) not null, seal varchar(255) not null)',
    );
  }
}
