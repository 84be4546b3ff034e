import { Migration } from '@mikro-orm/migrations';

/** Devices, networks, services, flow records and their quarter-hour sums, telemetry, backups, packet captures. */
export class Sqlite0002Projections extends Migration {
  override up(): void {
    this.addSql(
      'create table backup_event (id integer not null primary key, tenant_id text not null, intake_id text not null, occurred_at bigint not null, agent text null, job_id text not null, status text not null, asset_id text null, size_bytes bigint null, checksum_sha256 text null)',
    );
    this.addSql('create index backup_event_time on backup_event (tenant_id, occurred_at, id)');
    this.addSql(
      'create table device (id integer not null primary key autoincrement, tenant_id text not null, mac text null, last_ip text null, last_ip_key text not null, last_ip_at bigint not null, hostname text null, hostname_at bigint not null, friendly_name text null, vendor text null, vendor_at bigint not null, first_seen bigint not null, last_seen bigint not null)',
    );
    this.addSql('create index device_address_order on device (tenant_id, last_ip_key, id)');
    this.addSql('create unique index device_mac on device (tenant_id, mac) where mac is not null');
    this.addSql(
      'create table device_address (device_id integer not null, ip text not null, tenant_id text not null, first_seen bigint not null, last_seen bigint not null, primary key (device_id, ip))',
    );
    this.addSql('create index device_address_holder on device_address (tenant_id, ip)');
    this.addSql(
      'create table dhcp_record (id integer not null primary key, tenant_id text not null, intake_id text not null, occurred_at bigint not null, agent text null, mac text null, ip text null, hostname text null, server_ip text null, message_type text null, lease_seconds bigint null)',
    );
    this.addSql('create index dhcp_record_time on dhcp_record (tenant_id, occurred_at, id)');
    this.addSql(
      'create table dns_aggregate (tenant_id text not null, starts_at bigint not null, source_ip text not null, query text not null, type text not null, lookups bigint not null, failures bigint not null, primary key (tenant_id, starts_at, source_ip, query, type))',
    );
    this.addSql(
      'create table dns_record (id integer not null primary key, tenant_id text not null, intake_id text not null, occurred_at bigint not null, agent text null, source_ip text null, source_port integer null, destination_ip text null, query text not null, type text null, response_code text null, answers text not null)',
    );
    this.addSql('create index dns_record_time on dns_record (tenant_id, occurred_at, id)');
    this.addSql(
      'create table http_record (id integer not null primary key, tenant_id text not null, intake_id text not null, occurred_at bigint not null, agent text null, source_ip text null, source_port integer null, destination_ip text null, destination_port integer null, method text null, host text null, uri text null, user_agent text null, status integer null)',
    );
    this.addSql('create index http_record_time on http_record (tenant_id, occurred_at, id)');
    this.addSql(
      'create table network (id integer not null primary key autoincrement, tenant_id text not null, name text not null, cidr text not null, low_key text not null, high_key text not null, prefix integer not null, gateway_ip text null, gateway_mac text null, new_device_level integer not null default 0)',
    );
    this.addSql('create unique index network_name on network (tenant_id, name)');
    this.addSql('create unique index network_cidr on network (tenant_id, cidr)');
    this.addSql(
      'create table observed_service (id integer not null primary key autoincrement, tenant_id text not null, ip text not null, ip_key text not null, proto text not null, port integer not null, first_seen bigint not null, last_seen bigint not null)',
    );
    this.addSql('create unique index observed_service_port on observed_service (tenant_id, ip_key, proto, port)');
    this.addSql(
      'create table packet_capture (alert_id integer not null primary key, tenant_id text not null, bytes blob not null)',
    );
    this.addSql(
      'create table tcp_aggregate (tenant_id text not null, starts_at bigint not null, source_ip text not null, destination_ip text not null, destination_port integer not null, proto text not null, connections bigint not null, bytes_out bigint not null, bytes_in bigint not null, primary key (tenant_id, starts_at, source_ip, destination_ip, destination_port, proto))',
    );
    this.addSql(
      'create table tcp_record (id integer not null primary key, tenant_id text not null, intake_id text not null, occurred_at bigint not null, agent text null, source_ip text not null, source_port integer null, destination_ip text not null, destination_port integer null, proto text not null, duration_ms double null, bytes_out bigint null, bytes_in bigint null, packets_out bigint null, packets_in bigint null, state text null, service text null)',
    );
    this.addSql('create index tcp_record_time on tcp_record (tenant_id, occurred_at, id)');
    this.addSql(
      'create table telemetry_sample (id integer not null primary key, tenant_id text not null, intake_id text not null, occurred_at bigint not null, agent text null, interface text null, metrics text not null)',
    );
    this.addSql('create index telemetry_sample_time on telemetry_sample (tenant_id, occurred_at, id)');
  }
}
