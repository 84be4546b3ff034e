import { Migration } from '@mikro-orm/migrations';

/** Addresses of events as numbers that sort, full text that holds the fields of events too, and what people look for often. */
export class Postgres0017Search extends Migration {
  override up(): void {
    this.addSql('alter table event add column source_key uuid null');
    this.addSql('alter table event add column destination_key uuid null');
    this.addSql(
      `update event e set source_key = ${keyOf('a.source_ip')}, destination_key = ${keyOf('a.destination_ip')}
       from alert a where a.id = e.seq and (a.source_ip is not null or a.destination_ip is not null)`,
    );
    this.addSql(
      `update event_text t set terms = t.terms || array_to_tsvector(array_remove(array[
         e'\\uE000v' || e.severity,
         e'\\uE000i' || replace(e.intake_id::text, '-', ''),
         e'\\uE000y' || least(99999999, greatest(10000000, (e.occurred_at + 72000000000000) / 3600000)),
         e'\\uE000h' || encode(convert_to(left(lower(e.host collate "C"), 24), 'UTF8'), 'hex'),
         e'\\uE000a' || encode(convert_to(left(lower(e.app collate "C"), 24), 'UTF8'), 'hex'),
         e'\\uE000s' || replace(e.source_key::text, '-', ''),
         e'\\uE000d' || replace(e.destination_key::text, '-', ''),
         e'\\uE000k' || lower(a.kind),
         e'\\uE000t' || encode(convert_to(left(lower(a.type collate "C"), 24), 'UTF8'), 'hex'),
         e'\\uE000g' || encode(convert_to(left(lower(a.agent collate "C"), 24), 'UTF8'), 'hex'),
         e'\\uE000n' || encode(convert_to(left(lower(a.agent_name collate "C"), 24), 'UTF8'), 'hex'),
         e'\\uE000p' || a.source_port,
         e'\\uE000p' || a.destination_port
       ], null)) from event e left join alert a on a.id = e.seq where e.seq = t.seq`,
    );
    this.addSql(
      'create table saved_view (id uuid not null primary key, tenant_id uuid not null, owner_id varchar(255) not null, name varchar(255) not null, screen varchar(255) not null, query text not null, is_shared boolean not null, created_at bigint not null, updated_at bigint not null)',
    );
    this.addSql('create index saved_view_owner on saved_view (tenant_id, owner_id, id)');
  }
}

/** An address's 128 bits as a UUID: what follows the four bytes in which PostgreSQL says what kind of address it sends. */
function keyOf(ip: string): string {
  const bytes = `encode(substr(inet_send(split_part(${ip}, '%', 1)::inet), 5), 'hex')`;
  return `(case when strpos(${ip}, ':') = 0 then '00000000000000000000ffff' || ${bytes} else ${bytes} end)::uuid`;
}
