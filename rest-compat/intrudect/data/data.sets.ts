import type { LocalTime } from '../wire/local-time.ts';

/** What a value of a column of Tocsin's is spelled as. */
export interface Spelling {
  readonly time: LocalTime;
}

/** A column of a CSV file: its name, the operation's columns that it is made of, and how. */
interface Column {
  readonly name: string;
  readonly from: readonly string[];
  readonly spell: (values: readonly unknown[], spelling: Spelling) => unknown;
}

/** A filter: which of the operation's conditions it is, and what is asked of its value. `none`: it is known, and never served. */
export interface DataFilter {
  readonly to: string;
  readonly of: 'texts' | 'integers' | 'text' | 'none';
  /** Its names under the key of the data set. */
  readonly names: readonly string[];
  /** Its name in the vendor's web form. */
  readonly form: string;
}

/** What can be exported and deleted, as the vendor knows it. */
export interface WireDataSet {
  readonly key: string;
  /** As operations know it. */
  readonly dataSet: string;
  readonly label: string;
  /** Its file in an export. */
  readonly file: string;
  readonly filters: readonly DataFilter[];
  readonly columns: readonly Column[];
  /** What the reply to a deletion says was done besides. */
  readonly consequence?: string;
}

const as = (name: string, from: string): Column => ({ name, from: [from], spell: ([value]) => value });

const id = as('id', 'event.sequence');
const timestamp: Column = {
  name: 'timestamp',
  from: ['@timestamp'],
  spell: ([instant], { time }) => time.write(String(instant)),
};
const agent = as('agent', 'agent.id');

/** What people call a device, or else what it calls itself. */
const deviceName = (name: string, end: string): Column => ({
  name,
  from: [`${end}.device.name`, `${end}.domain`],
  spell: ([given, own]) => given ?? own,
});

/** A filter by its name in the web form and those under the key of its data set. */
const filter = (to: string, of: DataFilter['of'], form: string, ...names: string[]): DataFilter => ({
  to,
  of,
  form,
  names,
});

const source = (prefix: string) => filter('source', 'texts', `${prefix}_srcip`, 'source');
const destination = (prefix: string) => filter('destination', 'texts', `${prefix}_dstip`, 'destination');
const sourcePort = (prefix: string) => filter('sourcePort', 'integers', `${prefix}_sport`, 'source_port', 'src_port');
const destinationPort = (prefix: string) =>
  filter('destinationPort', 'integers', `${prefix}_dport`, 'destination_port', 'dst_port');
const level = (prefix: string) => filter('level', 'integers', `${prefix}_level`, 'level');

const ends = [
  as('src_ip', 'source.ip'),
  as('src_port', 'source.port'),
  as('dst_ip', 'destination.ip'),
  as('dst_port', 'destination.port'),
];

export const dataSets: readonly WireDataSet[] = [
  {
    key: 'network_alerts',
    dataSet: 'NETWORK_ALERTS',
    label: 'network alerts',
    file: 'networkalerts.csv',
    consequence: 'network_pcaps_deleted',
    filters: [
      source('na'),
      destination('na'),
      destinationPort('na'),
      level('na'),
      filter('type', 'texts', 'na_type', 'type', 'alert_type'),
      filter('search', 'text', 'na_search', 'search'),
    ],
    columns: [
      id,
      timestamp,
      agent,
      as('agent_name', 'agent.name'),
      as('src_mac', 'source.mac'),
      as('dst_mac', 'destination.mac'),
      as('src_ip', 'source.ip'),
      as('dst_ip', 'destination.ip'),
      as('src_port', 'source.port'),
      as('dst_port', 'destination.port'),
      as('src_hostname', 'source.domain'),
      as('dst_hostname', 'destination.domain'),
      as('level', 'alert.level'),
      as('type', 'rule.category'),
      as('subject', 'rule.name'),
      as('message', 'message'),
      as('pcap_id', 'packet_capture.id'),
      deviceName('src_device_name', 'source'),
      deviceName('dst_device_name', 'destination'),
      as('src_network_name', 'source.network.name'),
      as('dst_network_name', 'destination.network.name'),
      as('is_src_public_ip', 'source.is_public'),
      as('is_dst_public_ip', 'destination.is_public'),
    ],
  },
  {
    key: 'syslog_alerts',
    dataSet: 'SERVER_ALERTS',
    label: 'server/syslog alerts',
    file: 'syslogalerts.csv',
    filters: [
      filter('hostname', 'texts', 'sl_hostname', 'hostname'),
      level('sl'),
      filter('title', 'texts', 'sl_message', 'message'),
      filter('line', 'text', 'sl_line', 'line'),
      filter('line', 'text', 'sl_search', 'search'),
    ],
    columns: [
      id,
      timestamp,
      agent,
      as('agent_name', 'agent.name'),
      as('hostname', 'host.name'),
      as('level', 'alert.level'),
      as('type', 'rule.category'),
      as('title', 'rule.name'),
      as('line', 'message'),
    ],
  },
  {
    key: 'dns_metadata',
    dataSet: 'DNS',
    label: 'DNS log metadata',
    file: 'metadata_dns.csv',
    consequence: 'dns_aggregates_rebuilt',
    filters: [
      source('dns'),
      destination('dns'),
      filter('queryType', 'texts', 'dns_qtype', 'qtype'),
      filter('query', 'texts', 'dns_query', 'query'),
    ],
    columns: [
      id,
      timestamp,
      agent,
      ...ends.slice(0, 3),
      as('query', 'dns.question.name'),
      as('qtype', 'dns.question.type'),
      as('rcode', 'dns.response_code'),
      { name: 'answers', from: ['dns.answers.data'], spell: ([answers]) => JSON.stringify(answers) },
    ],
  },
  {
    key: 'tcp_metadata',
    dataSet: 'TCP',
    label: 'TCP/netflow metadata',
    file: 'metadata_connections.csv',
    consequence: 'tcp_aggregates_rebuilt',
    filters: [
      source('tcp'),
      destination('tcp'),
      sourcePort('tcp'),
      destinationPort('tcp'),
      filter('geoip', 'none', 'tcp_geoip', 'geoip'),
    ],
    columns: [
      id,
      timestamp,
      agent,
      ...ends,
      as('proto', 'network.transport'),
      {
        name: 'duration_ms',
        from: ['event.duration'],
        spell: ([nanoseconds]) => (nanoseconds === null ? null : Number(nanoseconds) / 1_000_000),
      },
      as('bytes_out', 'source.bytes'),
      as('bytes_in', 'destination.bytes'),
      as('packets_out', 'source.packets'),
      as('packets_in', 'destination.packets'),
      as('state', 'network.state'),
      as('service', 'network.protocol'),
    ],
  },
  {
    key: 'dhcp_metadata',
    dataSet: 'DHCP',
    label: 'DHCP metadata',
    file: 'dhcpflow.csv',
    filters: [
      filter('mac', 'texts', 'dhcp_mac', 'mac'),
      filter('hostname', 'texts', 'dhcp_hostname', 'hostname'),
      filter('ip', 'texts', 'dhcp_ip', 'ip'),
    ],
    columns: [
      id,
      timestamp,
      agent,
      as('mac', 'client.mac'),
      as('ip', 'client.ip'),
      as('hostname', 'client.domain'),
      as('server_ip', 'server.ip'),
      as('message_type', 'dhcp.message_type'),
      as('lease_seconds', 'dhcp.lease_seconds'),
    ],
  },
  {
    key: 'http_metadata',
    dataSet: 'HTTP',
    label: 'HTTP metadata',
    file: 'httpflow.csv',
    filters: [
      source('http'),
      destination('http'),
      sourcePort('http'),
      destinationPort('http'),
      filter('host', 'texts', 'http_host', 'host'),
      filter('uri', 'texts', 'http_uri', 'uri'),
      filter('userAgent', 'texts', 'http_useragent', 'user_agent'),
    ],
    columns: [
      id,
      timestamp,
      agent,
      ...ends,
      as('method', 'http.request.method'),
      as('host', 'url.domain'),
      as('uri', 'url.original'),
      as('user_agent', 'user_agent.original'),
      as('status', 'http.response.status_code'),
    ],
  },
];
