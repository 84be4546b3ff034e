import { piece, randomOf, wazuhEvent } from './events.ts';
import { destinations, ownHosts, sources } from './office-hosts.ts';

// Two months of an office with sensors: the records themselves, as their senders write them, for the server's parsers to read.

/** How many records of each sort an office has. */
export interface OfficeSize {
  /** Detections between two addresses. */
  readonly networkAlerts: number;
  /** Detections in a host's log. */
  readonly serverAlerts: number;
  /** Names looked up. */
  readonly lookups: number;
  /** Addresses handed out; as many as there are hosts make every one of them known. */
  readonly leases: number;
}

/** The first instant of the office, and how long it lasts, in milliseconds. */
export const officeStart = Date.UTC(2026, 0, 5, 8);
export const officeSpan = 60 * 24 * 3_600_000;

/** A record's own text for its number among `count` of its sort: always the same for the same number and count. */
type Sort = (index: number, count: number) => string;

export const sorts: Readonly<Record<keyof OfficeSize, Sort>> = {
  leases: leaseRecord,
  networkAlerts: (index, count) => (index % 10 === 3 ? suricataAlert : sensorAlert)(index, count),
  serverAlerts: serverAlert,
  lookups: lookupRecord,
};

/** A word in one of a thousand messages of network alerts, to search for. */
export const rareWord = 'quicksilver';
/** The time zone of texts is UTC. */
export const instantOf = (index: number, count: number) => officeStart + Math.floor((index * officeSpan) / count);

const typeCount = 60;
const titleCount = 40;
const sensorCount = 24;
const sceneCount = 40_000;
const nameCount = 20_000;
const ports = [443, 22, 3389, 445, 80, 53, 25, 8080, 8443, 21, 23, 1433, 3306, 5432, 5900, 161];
const kinds = ['Scan', 'Login', 'Malware', 'Policy', 'Lateral movement', 'Exfiltration', 'Tunnel', 'Exploit'];
const subjects = ['SSH', 'RDP', 'SMB', 'DNS', 'HTTP', 'TLS', 'SMTP', 'FTP'];
const manners = ['burst', 'from a new host', 'to a rare port', 'outside of office hours', 'with a known tool'];
/** Scores of Elastic's detections: low, medium, high, critical. */
const scores = [21, 21, 21, 47, 47, 47, 73, 73, 99];
const questionTypes = ['A', 'A', 'A', 'AAAA', 'AAAA', 'HTTPS', 'TXT', 'PTR'];
const zones = ['example.com', 'example.net', 'example.org', 'office.example', 'cdn.example'];

interface Scene {
  readonly rule: number;
  readonly source: (typeof sources)[number];
  readonly destination: (typeof destinations)[number];
  readonly port: number;
  readonly sensor: string;
  readonly random: () => number;
}

/** Who detects what between whom: a few scenes make most of the alerts, as a few groups do in life. */
function sceneOf(index: number): Scene {
  const random = randomOf(index + 7_000_000);
  const scene = randomOf(Math.floor(random() ** 2 * sceneCount) * 31 + 5);
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(scene() * values.length)] as Value;
  const rule = Math.floor(scene() ** 1.5 * typeCount * 2);
  const [source, destination] = [pick(sources), pick(destinations)];
  return { rule, source, destination, port: pick(ports), sensor: `sensor-${pad(scene() * sensorCount, 2)}`, random };
}

/** The `index`-th detection of a sensor after the office's two months. */
export function newSensorAlert(index: number): string {
  const before = 1_000_000;
  return sensorAlert(before + index, before);
}

function titleOf(rule: number): string {
  const title = rule % titleCount;
  return `${subjects[title % 8]} ${manners[Math.floor(title / 8)]}`;
}

function typeOf(rule: number): string {
  const type = rule % typeCount;
  return `${kinds[type % 8]} ${String(100 + type)}`;
}

/** A detection of a network sensor, by the Elastic Common Schema, with a message of 80 to 400 characters. */
function sensorAlert(index: number, count: number): string {
  const { rule, source, destination, port, sensor, random } = sceneOf(index);
  const sourcePort = 1024 + Math.floor(random() * 60_000);
  const words = Array.from({ length: 1 + Math.floor(random() ** 2 * 4) }, () => piece(random)).join(' ');
  const rare = index % 1000 === 7 ? ` ${rareWord}` : '';
  const message = `${titleOf(rule)}: ${source.ip}:${sourcePort} > ${destination.ip}:${port}, ${words}${rare} seq=${index}`;
  return JSON.stringify({
    '@timestamp': timeText(index, count, random),
    ecs: { version: '8.11.0' },
    event: {
      kind: 'alert',
      category: [typeOf(rule)],
      module: 'netsensor',
      dataset: 'netsensor.alert',
      severity: scores[rule % scores.length],
      created: new Date(instantOf(index, count)).toISOString(),
    },
    message: message.slice(0, 400),
    rule: { id: String(4000 + rule), name: titleOf(rule), ruleset: 'office', category: typeOf(rule) },
    agent: { id: sensor.slice(-2), name: sensor, type: 'netsensor', version: '4.2.1' },
    observer: { name: sensor, vendor: 'Example', product: 'Sensor', ingress: { interface: { name: 'span0' } } },
    source: { ip: source.ip, port: sourcePort, mac: source.mac, bytes: Math.floor(random() * 90_000), packets: 12 },
    destination: { ip: destination.ip, port, mac: destination.mac, bytes: Math.floor(random() * 900_000), packets: 40 },
    network: { transport: 'tcp', community_id: `1:${pad(random() * 1e12, 13)}${pad(random() * 1e12, 13)}=` },
    tags: ['office', 'span0'],
  });
}

/** A detection of Suricata, half of them with their packet. */
function suricataAlert(index: number, count: number): string {
  const { rule, source, destination, port, sensor, random } = sceneOf(index);
  const packet = Buffer.from(piece(random).padEnd(240, ' .').slice(0, 240)).toString('base64');
  return JSON.stringify({
    timestamp: timeText(index, count, random).replace('Z', '000+0000'),
    flow_id: 100_000_000_000 + index,
    sensor_name: sensor,
    in_iface: 'span0',
    event_type: 'alert',
    src_ip: source.ip,
    src_port: 1024 + Math.floor(random() * 60_000),
    dest_ip: destination.ip,
    dest_port: port,
    proto: 'TCP',
    ether: { src_mac: source.mac, dest_mac: destination.mac },
    alert: {
      action: 'allowed',
      gid: 1,
      signature_id: 2_000_000 + rule,
      rev: 3,
      signature: titleOf(rule),
      category: typeOf(rule),
      severity: 1 + (rule % 3),
    },
    app_proto: 'tls',
    flow: { pkts_toserver: 12, pkts_toclient: 40, bytes_toserver: 1834, bytes_toclient: 52_211 },
    ...(index % 20 === 3 && { packet, packet_info: { linktype: 1 } }),
  });
}

/** A Wazuh alert of a host's log: one that names no two addresses. */
function serverAlert(index: number, count: number): string {
  const event = wazuhEvent(index, { alertsOnly: true });
  const at = new Date(instantOf(index, count)).toISOString();
  const data = { dstuser: 'root', uid: String(index % 100), command: '/usr/sbin/check --all' };
  return JSON.stringify({ ...event, timestamp: `${at.slice(0, -1)}+0000`, data });
}

/** A line of Zeek's dns.log. */
function lookupRecord(index: number, count: number): string {
  const random = randomOf(index + 900_000_000);
  const client = sources[Math.floor(random() ** 2 * 1500)] as (typeof sources)[number];
  const name = Math.floor(random() ** 4 * nameCount);
  const hasFailed = name % 16 === 9;
  return JSON.stringify({
    _path: 'dns',
    ts: (instantOf(index, count) + Math.floor(random() * 1000)) / 1000,
    uid: `C${index.toString(36).padStart(7, '0')}${pad(random() * 1e9, 9)}`,
    'id.orig_h': client.ip,
    'id.orig_p': 1024 + Math.floor(random() * 60_000),
    'id.resp_h': `10.50.0.${2 + (index % 2)}`,
    'id.resp_p': 53,
    proto: 'udp',
    trans_id: Math.floor(random() * 65_536),
    query: `host-${pad(name, 5)}.${zones[name % zones.length]}`,
    qclass_name: 'C_INTERNET',
    qtype_name: questionTypes[name % questionTypes.length],
    rcode_name: hasFailed ? 'NXDOMAIN' : 'NOERROR',
    RD: true,
    RA: true,
    ...(!hasFailed && { answers: [`198.51.${100 + (name % 100)}.${name % 256}`], TTLs: [60 + (name % 3600)] }),
    rejected: false,
  });
}

/** A line of Zeek's dhcp.log, through which the devices of the office become known. */
function leaseRecord(index: number, count: number): string {
  const { ip, mac, name } = ownHosts[index % ownHosts.length] as (typeof ownHosts)[number];
  return JSON.stringify({
    _path: 'dhcp',
    ts: instantOf(index, count) / 1000,
    uids: [`D${index.toString(36).padStart(9, '0')}`],
    client_addr: ip,
    server_addr: '10.50.0.2',
    mac,
    host_name: name,
    assigned_addr: ip,
    lease_time: 86_400,
    msg_types: ['REQUEST', 'ACK'],
    duration: 0.004,
  });
}

/** Times of a sensor are nearly in order. */
function timeText(index: number, count: number, random: () => number): string {
  return new Date(instantOf(index, count) + Math.floor(random() ** 3 * 2000)).toISOString();
}

function pad(value: number, digits: number): string {
  return String(Math.floor(value)).padStart(digits, '0');
}
