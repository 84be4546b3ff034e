import { endpointOf, macOf } from '../address.ts';
import { type Endpoint, nothingElse } from '../draft.ts';
import { firstText, isObject, type Loose, objectOf, textOf, wholeNumberOf } from '../fields.ts';
import type { Connection, DnsLookup, HttpRequest, Observation } from '../observation.ts';
import { parseTimestamp } from '../timestamp.ts';

const mostAnswers = 32;
/** Questions of one DNS message, bytes of one captured packet: more is no honest record. */
const mostQuestions = 16;
const longestPacket = 256 * 1024;
const dnsPort = 53;
const ethernet = 1;

/** What a record of eve.json says of the network besides being an event. */
export function observeSuricata(
  kind: string,
  record: Loose,
  source: Endpoint,
  destination: Endpoint,
): readonly Observation[] {
  const body = objectOf(record[kind]);
  switch (kind) {
    case 'alert':
      return packetOf(record);
    case 'dns':
      return lookupsOf(body, source, destination);
    case 'http':
      return [requestOf(body, source, destination)];
    case 'flow':
      return flowOf(record, body, source, destination);
    case 'dhcp':
      return leaseOf(body, source);
    case 'arp':
      return deviceOf(body['src_mac'], body['src_ip'], null);
    default:
      return nothingElse;
  }
}

function packetOf(record: Loose): Observation[] {
  const packet = record['packet'];
  if (typeof packet !== 'string' || packet.length > longestPacket || !/^[A-Za-z0-9+/]+={0,2}$/.test(packet)) return [];
  const linkType = wholeNumberOf(objectOf(record['packet_info'])['linktype']) ?? ethernet;
  return [{ kind: 'packet', base64: packet, linkType }];
}

/** Version 1 tells of questions and of each answer apart, version 2 gathers answers, version 3 also lists the questions. */
function lookupsOf(body: Loose, source: Endpoint, destination: Endpoint): DnsLookup[] {
  // The answer of an old sensor is written from the server's side.
  const isReply = source.port === dnsPort && destination.port !== dnsPort;
  const [client, server] = isReply ? [destination, source] : [source, destination];
  const questions = Array.isArray(body['queries']) ? body['queries'].filter(isObject) : [body];
  return questions.slice(0, mostQuestions).flatMap((question) => {
    const query = textOf(question['rrname']);
    if (query === null) return [];
    return [
      {
        kind: 'dns' as const,
        sourceIp: client.ip,
        sourcePort: client.port,
        destinationIp: server.ip,
        query,
        type: textOf(question['rrtype'], 16),
        responseCode: textOf(body['rcode'], 32),
        answers: answersOf(body),
      },
    ];
  });
}

function answersOf(body: Loose): string[] {
  const listed = Array.isArray(body['answers'])
    ? body['answers'].map((answer: unknown) => objectOf(answer)['rdata'])
    : Object.values(objectOf(body['grouped'])).flat();
  return [...listed, body['rdata']].flatMap((answer) => textOf(answer) ?? []).slice(0, mostAnswers);
}

function requestOf(body: Loose, source: Endpoint, destination: Endpoint): HttpRequest {
  return {
    kind: 'http',
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
    method: textOf(body['http_method'], 32),
    host: textOf(body['hostname']),
    uri: textOf(body['url'], 2000),
    userAgent: textOf(body['http_user_agent'], 1000),
    status: wholeNumberOf(body['status']),
  };
}

function flowOf(record: Loose, flow: Loose, source: Endpoint, destination: Endpoint): Connection[] {
  if (source.ip === null || destination.ip === null) return [];
  const start = parseTimestamp(flow['start']);
  const end = parseTimestamp(flow['end']);
  return [
    {
      kind: 'tcp',
      sourceIp: source.ip,
      sourcePort: source.port,
      destinationIp: destination.ip,
      destinationPort: destination.port,
      proto: (textOf(record['proto'], 16) ?? 'ip').toLowerCase(),
      durationMs: start !== undefined && end !== undefined && end >= start ? end - start : null,
      bytesOut: wholeNumberOf(flow['bytes_toserver']),
      bytesIn: wholeNumberOf(flow['bytes_toclient']),
      packetsOut: wholeNumberOf(flow['pkts_toserver']),
      packetsIn: wholeNumberOf(flow['pkts_toclient']),
      state: textOf(flow['state'], 40),
      service: serviceOf(record['app_proto']),
    },
  ];
}

function serviceOf(protocol: unknown): string | null {
  const text = textOf(protocol, 40);
  return text === 'failed' || text === 'unknown' ? null : text;
}

function leaseOf(dhcp: Loose, source: Endpoint): Observation[] {
  const mac = macOf(dhcp['client_mac']);
  const ip = addressOf(dhcp['assigned_ip']) ?? addressOf(dhcp['client_ip']);
  const hostname = textOf(dhcp['hostname']);
  const isReply = dhcp['type'] === 'reply';
  const lease: Observation = {
    kind: 'dhcp',
    mac,
    ip,
    hostname,
    serverIp: addressOf(dhcp['dhcp_server_identifier']) ?? (isReply ? source.ip : null),
    messageType: firstText(dhcp['dhcp_type'], dhcp['type'])?.toUpperCase().slice(0, 40) ?? null,
    leaseSeconds: wholeNumberOf(dhcp['lease_time']),
  };
  return [lease, ...deviceOf(dhcp['client_mac'], ip, hostname)];
}

function deviceOf(macText: unknown, ipText: unknown, hostname: string | null): Observation[] {
  const mac = macOf(macText);
  const ip = addressOf(ipText);
  return mac === null && ip === null ? [] : [{ kind: 'device', mac, ip, hostname, vendor: null }];
}

/** An address; null for none, and for the `0.0.0.0` of a client that has none yet. */
function addressOf(value: unknown): string | null {
  const { ip } = endpointOf(value, undefined, undefined);
  return ip === '0.0.0.0' || ip === '::' ? null : ip;
}
