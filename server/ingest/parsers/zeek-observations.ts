import { endpointOf, macOf } from '../address.ts';
import { type Endpoint, nothingElse } from '../draft.ts';
import { firstText, type Loose, portOf, textOf, wholeNumberOf } from '../fields.ts';
import type { Connection, HttpRequest, Observation } from '../observation.ts';

const mostAnswers = 32;

/** What a line of a Zeek log says of the network besides being an event. */
export function observeZeek(
  path: string,
  record: Loose,
  source: Endpoint,
  destination: Endpoint,
): readonly Observation[] {
  switch (path) {
    case 'conn':
      return connectionOf(record, source, destination);
    case 'dns':
      return lookupOf(record, source, destination);
    case 'http':
      return [requestOf(record, source, destination)];
    case 'dhcp':
      return leaseOf(record);
    case 'known_hosts':
    case 'software':
      return deviceOf(null, record['host'], null);
    case 'known_devices':
      return deviceOf(record['mac'], record['dhcp_ip'], record['dhcp_host_name']);
    case 'known_services':
      return serviceOf(record);
    default:
      return nothingElse;
  }
}

function connectionOf(record: Loose, source: Endpoint, destination: Endpoint): Connection[] {
  if (source.ip === null || destination.ip === null) return [];
  const seconds = Number(record['duration'] ?? Number.NaN);
  return [
    {
      kind: 'tcp',
      sourceIp: source.ip,
      sourcePort: source.port,
      destinationIp: destination.ip,
      destinationPort: destination.port,
      proto: textOf(record['proto'], 16) ?? 'ip',
      durationMs: Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 1000) : null,
      bytesOut: wholeNumberOf(record['orig_bytes'] ?? record['orig_ip_bytes']),
      bytesIn: wholeNumberOf(record['resp_bytes'] ?? record['resp_ip_bytes']),
      packetsOut: wholeNumberOf(record['orig_pkts']),
      packetsIn: wholeNumberOf(record['resp_pkts']),
      state: textOf(record['conn_state'], 40),
      service: textOf(record['service'], 40),
    },
  ];
}

/** Every line of dns.log is a lookup; one without a name, as of a refused or broken message, observes nothing. */
function lookupOf(record: Loose, source: Endpoint, destination: Endpoint): Observation[] {
  const query = textOf(record['query']);
  if (query === null) return [];
  const answers = Array.isArray(record['answers']) ? record['answers'] : [];
  return [
    {
      kind: 'dns',
      sourceIp: source.ip,
      sourcePort: source.port,
      destinationIp: destination.ip,
      query,
      type: textOf(record['qtype_name'], 16),
      responseCode: textOf(record['rcode_name'], 32),
      answers: answers.slice(0, mostAnswers).flatMap((answer: unknown) => textOf(answer) ?? []),
    },
  ];
}

function requestOf(record: Loose, source: Endpoint, destination: Endpoint): HttpRequest {
  return {
    kind: 'http',
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
    method: textOf(record['method'], 32),
    host: textOf(record['host']),
    uri: textOf(record['uri'], 2000),
    userAgent: textOf(record['user_agent'], 1000),
    status: wholeNumberOf(record['status_code']),
  };
}

function leaseOf(record: Loose): Observation[] {
  const types = Array.isArray(record['msg_types']) ? record['msg_types'] : [];
  const ip =
    addressOf(record['assigned_addr']) ?? addressOf(record['client_addr']) ?? addressOf(record['requested_addr']);
  const hostname = firstText(record['host_name'], record['client_fqdn']);
  const seconds = Number(record['lease_time'] ?? Number.NaN);
  const lease: Observation = {
    kind: 'dhcp',
    mac: macOf(record['mac']),
    ip,
    hostname,
    serverIp: addressOf(record['server_addr']),
    messageType:
      types.length === 0
        ? null
        : types
            .flatMap((type: unknown) => textOf(type, 16) ?? [])
            .slice(0, 8)
            .join(','),
    leaseSeconds: Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds) : null,
  };
  return [lease, ...deviceOf(record['mac'], ip, hostname)];
}

function deviceOf(macText: unknown, ipText: unknown, name: unknown): Observation[] {
  const mac = macOf(macText);
  const ip = addressOf(ipText);
  return mac === null && ip === null ? [] : [{ kind: 'device', mac, ip, hostname: textOf(name), vendor: null }];
}

function serviceOf(record: Loose): Observation[] {
  const ip = addressOf(record['host']);
  const port = portOf(record['port_num']);
  const proto = record['port_proto'];
  if (ip === null || port === null || (proto !== 'tcp' && proto !== 'udp')) return [];
  return [{ kind: 'service', ip, port, proto }];
}

function addressOf(value: unknown): string | null {
  return endpointOf(value, undefined, undefined).ip;
}
