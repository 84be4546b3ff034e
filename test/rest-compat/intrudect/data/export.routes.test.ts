import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aLookup } from '../../../support/observations.ts';
import { readZip } from '../../../support/read-zip.ts';
import { type DataApi, halfPastTen, openData } from './open-data.ts';

let api: DataApi;

beforeAll(async () => {
  api = await openData();
});

afterAll(() => api.gateway.close());

/** Of a data set, the values of its telling column that an export with these filters holds. */
async function found(table: string, filters: object): Promise<(string | undefined)[]> {
  const [rows = []] = Object.values(await api.exported({ table, filters }));
  return rows.map((row) => row[telling[table] ?? '']);
}

const telling: Record<string, string> = {
  network_alerts: 'subject',
  syslog_alerts: 'title',
  dns_metadata: 'query',
  tcp_metadata: 'src_ip',
  dhcp_metadata: 'ip',
  http_metadata: 'src_ip',
};

const [malware, force, scan] = ['Beacon of malware', 'Brute force', '+ a "scan", found'];
const [www, mail, org] = ['www.example.com', 'mail.Example.com', 'example.org'];
const [first, second, third] = ['10.0.0.25', '10.0.1.7', '192.0.2.1'];
const [failed, root] = ['Failed password', 'Root login'];

describe('an export', () => {
  it('holds a file for each data set, in their order, each of them once', async () => {
    const files = await api.exported({ datasets: ['http_metadata', 'dns_metadata', 'http_metadata'] });
    expect(Object.keys(files)).toEqual(['httpflow.csv', 'metadata_dns.csv']);
    const all = await api.exported({ datasets: Object.keys(telling) });
    expect(Object.entries(all).map(([name, rows]) => [name, rows.length])).toEqual([
      ['networkalerts.csv', 3],
      ['syslogalerts.csv', 2],
      ['metadata_dns.csv', 3],
      ['metadata_connections.csv', 3],
      ['dhcpflow.csv', 3],
      ['httpflow.csv', 3],
    ]);
  });

  it('of network alerts has the columns of the alert object', async () => {
    const { 'networkalerts.csv': [alert] = [] } = await api.exported({ table: 'network_alerts' });
    expect(alert).toEqual({
      id: expect.stringMatching(/^\d+$/),
      timestamp: '2026-06-03 10:30:00',
      agent: '003',
      agent_name: 'edge-01',
      src_mac: '',
      dst_mac: '',
      src_ip: '10.0.0.25',
      dst_ip: '93.184.216.34',
      src_port: '41334',
      dst_port: '443',
      src_hostname: 'workstation-01',
      dst_hostname: '',
      level: '10',
      type: 'malware',
      subject: malware,
      message: expect.stringContaining('Invalid user admin'),
      pcap_id: '',
      src_device_name: 'workstation-01',
      dst_device_name: '',
      src_network_name: 'Office',
      dst_network_name: '',
      is_src_public_ip: 'false',
      is_dst_public_ip: 'true',
    });
  });

  it('of server alerts has the columns of the alert object', async () => {
    const { 'syslogalerts.csv': [alert] = [] } = await api.exported({ table: 'syslog_alerts' });
    expect(alert).toEqual({
      id: expect.stringMatching(/^\d+$/),
      ...{ timestamp: '2026-06-03 10:30:00', agent: '003', agent_name: 'edge-01', hostname: 'web-01', level: '10' },
      ...{ type: 'sshd', title: failed, line: 'sshd[1]: Failed password for root' },
    });
  });

  it('of metadata has all that was recorded', async () => {
    const tables = ['dns_metadata', 'tcp_metadata', 'dhcp_metadata', 'http_metadata'];
    const files = await api.exported({ tables });
    const common = { id: expect.stringMatching(/^\d+$/), timestamp: '2026-06-03 10:30:00', agent: 'sensor-1' };
    const later = { ...common, timestamp: '2026-06-04 10:30:00', agent: '' };
    expect(files['metadata_dns.csv']?.[0]).toEqual({
      ...common,
      ...{ src_ip: first, src_port: '53124', dst_ip: '10.0.0.1', query: www, qtype: 'A', rcode: 'NOERROR' },
      answers: '["93.184.216.34"]',
    });
    expect(files['metadata_connections.csv']?.[0]).toEqual({
      ...common,
      ...{ src_ip: first, src_port: '50112', dst_ip: '93.184.216.34', dst_port: '443', proto: 'tcp' },
      ...{ duration_ms: '1250.5', bytes_out: '1200', bytes_in: '54000', packets_out: '14', packets_in: '41' },
      ...{ state: 'SF', service: 'ssl' },
    });
    expect(files['metadata_connections.csv']?.[2]).toMatchObject({ ...later, duration_ms: '', bytes_in: '' });
    expect(files['dhcpflow.csv']?.[0]).toEqual({
      ...common,
      ...{ mac: 'B8:27:EB:00:00:01', ip: first, hostname: 'workstation-01', server_ip: '10.0.0.1' },
      ...{ message_type: 'ACK', lease_seconds: '86400' },
    });
    expect(files['httpflow.csv']?.[1]).toMatchObject({
      host: 'intra',
      uri: '/a,"b"',
      user_agent: '=cmd()',
      status: '200',
    });
  });

  it('of nothing is a file with the names of its columns', async () => {
    const body = { dataset: 'dhcp_metadata', filters: { from: '2030-01-01' } };
    const reply = await api.gateway.post('/api/v1/data/export', body, { authorization: `Bearer ${api.tenant.token}` });
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="intrudect-export.zip"',
    });
    const files = readZip(Buffer.from(await reply.arrayBuffer()));
    expect([...files]).toEqual([
      ['dhcpflow.csv', 'id,timestamp,agent,mac,ip,hostname,server_ip,message_type,lease_seconds\r\n'],
    ]);
  });

  it('keeps texts as they are, unless it is for a spreadsheet', async () => {
    const agents = async (csv: string) => {
      const { 'httpflow.csv': rows = [] } = await api.exported({ table: 'http_metadata', csv });
      return rows.map(({ user_agent }) => user_agent);
    };
    expect(await agents('raw')).toContain('=cmd()');
    expect(await agents('spreadsheet')).toContain("'=cmd()");
  });
});

describe('filters', () => {
  it.each([
    ['network_alerts', { source: '10.0.0.%' }, [malware]],
    ['network_alerts', { source: 'workstation-01' }, [malware]],
    ['network_alerts', { destination: '2001:DB8::7' }, []],
    ['network_alerts', { source: '2001:0db8::0007' }, [scan]],
    ['network_alerts', { destination: '10.0.0.2_' }, [force]],
    ['network_alerts', { destination_port: '443' }, [malware]],
    ['network_alerts', { dst_port: 22 }, [force]],
    ['network_alerts', { destination_port: 22, dst_port: '22' }, [force]],
    ['network_alerts', { level: '30' }, [scan]],
    ['network_alerts', { level: 20 }, [force]],
    ['network_alerts', { level: '15' }, []],
    ['network_alerts', { type: 'malware' }, [malware]],
    ['network_alerts', { alert_type: 'PORTSCAN' }, [scan]],
    ['network_alerts', { search: 'malware' }, [malware]],
    ['network_alerts', { search: '10.0.0.25:22' }, [force]],
    ['network_alerts', { search: 'a "scan",', source: '2001:db8::7', level: '' }, [scan]],
    ['syslog_alerts', { hostname: 'web-%' }, [failed]],
    ['syslog_alerts', { level: '30' }, [root]],
    ['syslog_alerts', { search: 'failed password' }, [failed]],
    ['syslog_alerts', { line: 'tty1' }, [root]],
    ['syslog_alerts', { message: 'root%' }, [root]],
    ['syslog_alerts', { message: 'password' }, []],
    ['dns_metadata', { source: '2001:DB8:0::7' }, [mail]],
    ['dns_metadata', { destination: '10.0.0.1' }, [www, org]],
    ['dns_metadata', { qtype: 'mx' }, [mail]],
    ['dns_metadata', { query: '%.example.com' }, [www, mail]],
    ['dns_metadata', { query: 'example.org' }, [org]],
    ['tcp_metadata', { source: '10.0.%' }, [first, second]],
    ['tcp_metadata', { destination: '10.0.0.2' }, [second]],
    ['tcp_metadata', { source_port: '1024' }, [second]],
    ['tcp_metadata', { src_port: 50112 }, [first, third]],
    ['tcp_metadata', { destination_port: '53' }, [second]],
    ['tcp_metadata', { dst_port: '443', source: first }, [first]],
    ['dhcp_metadata', { mac: 'b827.eb00.0001' }, [first]],
    ['dhcp_metadata', { mac: 'AA:BB:%' }, [second]],
    ['dhcp_metadata', { hostname: 'phone\\_1' }, [third]],
    ['dhcp_metadata', { ip: '192.0.2._' }, [third]],
    ['http_metadata', { source: second }, [second]],
    ['http_metadata', { destination: '10.0.0.2' }, [second]],
    ['http_metadata', { source_port: '1025' }, [second]],
    ['http_metadata', { src_port: '50113' }, [first, third]],
    ['http_metadata', { destination_port: '8080' }, [second]],
    ['http_metadata', { dst_port: 80 }, [first, third]],
    ['http_metadata', { host: 'www.%' }, [first]],
    ['http_metadata', { uri: '/a,"b"' }, [second]],
    ['http_metadata', { user_agent: 'curl/%' }, [first, third]],
  ])('of %s: %j finds %j', async (table, filters, expected) => {
    expect(await found(table, { [table]: filters })).toEqual(expected);
  });

  it.each([
    ['network_alerts', { na_srcip: '10.0.0.25', na_dstip: '93.%', na_dport: '443', na_level: '10' }, [malware]],
    ['network_alerts', { na_type: 'sshd', na_search: 'brute' }, [force]],
    ['syslog_alerts', { sl_search: 'ROOT', sl_hostname: 'db-01', sl_level: '30' }, [root]],
    ['syslog_alerts', { sl_message: 'Failed%', sl_line: 'sshd' }, [failed]],
    ['dns_metadata', { dns_query: '%example.com', dns_qtype: 'A', dns_srcip: first, dns_dstip: '10.0.0.1' }, [www]],
    [
      'tcp_metadata',
      { tcp_srcip: second, tcp_dstip: '10.0.0.2', tcp_sport: '1024', tcp_dport: '53', tcp_geoip: '' },
      [second],
    ],
    ['dhcp_metadata', { dhcp_mac: 'b8-27-eb-00-00-01', dhcp_hostname: 'workstation%', dhcp_ip: first }, [first]],
    ['http_metadata', { http_srcip: second, http_dstip: '%', http_sport: '1025', http_dport: '8080' }, [second]],
    ['http_metadata', { http_host: 'intra', http_uri: '/a%', http_useragent: '=%', dns_query: '' }, [second]],
  ])("of %s are known by the web form's names: %j finds %j", async (table, filters, expected) => {
    expect(await found(table, filters)).toEqual(expected);
  });

  it.each([
    [{ agent: 'sensor-1' }, [www]],
    [{ agent_id: 'sensor-2' }, [mail]],
    [{ agent_id: 'all' }, [www, mail, org]],
    [{ agent: '', agent_id: 'sensor-1' }, [www]],
    [{ from: '2026-06-04' }, [org]],
    [{ to: '2026-06-03' }, [www, mail]],
    [{ from: '2026-06-03 10:30', to: '2026-06-03 11:29' }, [www]],
    [{ from: '2026-06-03 10:31' }, [mail, org]],
    [{ from: '2026-06-03 10:30:01', to: '2026-06-03 11:30' }, [mail]],
    [{ from: '2026-06-03 11:30:00', to: '2026-06-03 11:30:00' }, [mail]],
    [{ to: '2026-06-03 11:29:59' }, [www]],
    [{ from: '2026-06-05', to: '2026-06-01' }, []],
  ])('%j of any data set finds %j', async (filters, expected) => {
    expect(await found('dns_metadata', filters)).toEqual(expected);
  });

  it('by a last day find all of it, whatever its length and its fractions of a second', async () => {
    const lastOfSummer = Date.parse('2026-10-25T22:59:59.999Z');
    await api.tenant.observe({ occurredAt: lastOfSummer, observations: [aLookup({ query: 'last.example.net' })] });
    expect(await found('dns_metadata', { from: '2026-10-25', to: '2026-10-25' })).toEqual(['last.example.net']);
    expect(await found('dns_metadata', { to: '2026-10-25 23:59:59', from: '2026-10-25 23:59:59' })).toHaveLength(1);
    expect(await found('dns_metadata', { from: '2026-10-26' })).toEqual([]);
  });
});

describe('an export of many rows', () => {
  const count = 20_000;

  beforeAll(async () => {
    for (let at = 0; at < count; at += 5000) {
      const records = Array.from({ length: 50 }, (_, part) => ({
        occurredAt: halfPastTen - 1000 * part,
        agent: 'many',
        observations: Array.from({ length: 100 }, (_, index) =>
          aLookup({ query: `host-${at + part * 100 + index}.test` }),
        ),
      }));
      await api.tenant.observe(...records);
    }
  });

  it('holds each of them once, the earliest first', async () => {
    const { 'metadata_dns.csv': rows = [] } = await api.exported({ table: 'dns_metadata', filters: { agent: 'many' } });
    expect(rows.length).toBe(count);
    expect(new Set(rows.map(({ query }) => query))).toEqual(
      new Set(Array.from({ length: count }, (_, index) => `host-${index}.test`)),
    );
    const times = rows.map(({ timestamp = '' }) => timestamp);
    expect(times).toEqual(times.toSorted());
  });

  it('finds the few that it is asked for among them', async () => {
    expect(await found('dns_metadata', { dns_query: 'host-1999_.test' })).toHaveLength(10);
    expect(await found('dns_metadata', { dns_query: '%nowhere%' })).toEqual([]);
  });
});
