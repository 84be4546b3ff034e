import { Migration } from '@mikro-orm/migrations';

/** Addresses of events as numbers that sort, full text that holds the fields of events too, and what people look for often. */
export class Sqlite0017Search extends Migration {
  override up(): void {
    this.addSql('alter table event add column source_key text null');
    this.addSql('alter table event add column destination_key text null');
    this.addSql(
      `update event set source_key = (select ip_key(a.source_ip) from alert a where a.id = event.seq and a.source_ip is not null),
         destination_key = (select ip_key(a.destination_ip) from alert a where a.id = event.seq and a.destination_ip is not null)
       where is_alert`,
    );
    // What full text is made of: SQLite's own check of it reads this.
    this.addSql(
      `create view event_text_source as select e.seq, e.title, e.message,
         char(57344) || 'v' || e.severity
         || ' ' || char(57344) || 'i' || replace(e.intake_id, '-', '')
         || ' ' || char(57344) || 'y' || min(99999999, max(10000000, (e.occurred_at + 72000000000000) / 3600000))
         || coalesce(' ' || char(57344) || 'h' || hex(substr(lower(e.host), 1, 24)), '')
         || coalesce(' ' || char(57344) || 'a' || hex(substr(lower(e.app), 1, 24)), '')
         || coalesce(' ' || char(57344) || 's' || replace(e.source_key, '-', ''), '')
         || coalesce(' ' || char(57344) || 'd' || replace(e.destination_key, '-', ''), '')
         || coalesce(' ' || char(57344) || 'k' || lower(a.kind), '')
         || coalesce(' ' || char(57344) || 't' || hex(substr(lower(a.type), 1, 24)), '')
         || coalesce(' ' || char(57344) || 'g' || hex(substr(lower(a.agent), 1, 24)), '')
         || coalesce(' ' || char(57344) || 'n' || hex(substr(lower(a.agent_name), 1, 24)), '')
         || coalesce(' ' || char(57344) || 'p' || a.source_port, '')
         || coalesce(' ' || char(57344) || 'p' || a.destination_port, '') as terms
       from event e left join alert a on a.id = e.seq`,
    );
    this.addSql('drop table event_text');
    this.addSql(
      "create virtual table event_text using fts5(title, message, terms, content='event_text_source', content_rowid='seq', detail='none', tokenize='unicode61 remove_diacritics 2')",
    );
    this.addSql(
      'insert into event_text (rowid, title, message, terms) select seq, title, message, terms from event_text_source',
    );
    this.addSql(
      'create table saved_view (id text not null primary key, tenant_id text not null, owner_id text not null, name text not null, screen text not null, query text not null, is_shared integer not null, created_at bigint not null, updated_at bigint not null)',
    );
    this.addSql('create index saved_view_owner on saved_view (tenant_id, owner_id, id)');
  }
}
