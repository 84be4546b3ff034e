import { EventFormat } from '../../../schema/event/event-format.enum.ts';
import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf, macOf } from '../address.ts';
import type { Draft } from '../draft.ts';
import { firstText, isObject, type Loose, objectOf, textOf, wholeNumberOf } from '../fields.ts';
import { parseTimestamp } from '../timestamp.ts';
import { draftOf } from './draft-of.ts';
import { summaryOf } from './lookup.ts';
import { observeSuricata } from './suricata-observations.ts';

/** Suricata's priorities: 1 is the worst; what a rule sets beyond 3 is for information. */
const severities: Readonly<Record<string, Severity>> = { '1': Severity.HIGH, '2': Severity.MEDIUM, '3': Severity.LOW };

/** Kinds of records that may come without a flow; elsewhere an `event_type` may be any program's. */
const kinds = new Set(
  'alert anomaly arp bittorrent_dht dcerpc dhcp dnp3 dns drop email fileinfo flow ftp ftp_data http http2 ike krb5 ldap mdns metadata modbus mqtt netflow nfs packetinfo pgsql pop3 quic rdp rfb sip smb smtp snmp ssh stats tftp tls websocket'.split(
    ' ',
  ),
);

/** A record of eve.json: its `event_type` names the object that it carries, or it belongs to a flow. */
export function isSuricata(record: Loose): boolean {
  const type = record['event_type'];
  return (
    typeof type === 'string' &&
    type !== '' &&
    (record['flow_id'] !== undefined || (kinds.has(type) && isObject(record[type])))
  );
}

/** Reads a record of eve.json: an alert by its own priority, anything else for information. */
export function parseSuricata(record: Loose): Draft {
  const kind = textOf(record['event_type'], 64) ?? 'event';
  const ether = objectOf(record['ether']);
  const source = endpointOf(record['src_ip'], record['src_port'], macOf(ether['src_mac']) ?? undefined);
  const destination = endpointOf(record['dest_ip'], record['dest_port'], macOf(ether['dest_mac']) ?? undefined);
  const base = {
    format: EventFormat.SURICATA,
    occurredAt: parseTimestamp(record['timestamp']) ?? null,
    host: firstText(record['host'], record['sensor_name']),
    app: 'suricata',
    source,
    destination,
    observations: observeSuricata(kind, record, source, destination),
  };
  const path = pathOf(record, source, destination);
  if (kind !== 'alert') {
    return draftOf({
      ...base,
      message: [`${kind}:`, detailOf(kind, record), path].filter(Boolean).join(' '),
      type: kind,
    });
  }
  const alert = objectOf(record['alert']);
  const title = textOf(alert['signature'], 1000) ?? 'Suricata alert';
  const id = wholeNumberOf(alert['signature_id']);
  const action = textOf(alert['action'], 32);
  return draftOf({
    ...base,
    message: [title, path, action && `(${action})`].filter(Boolean).join(' '),
    severity: severities[textOf(alert['severity']) ?? ''] ?? Severity.INFORMATIONAL,
    title,
    type: textOf(alert['category'], 100) ?? 'alert',
    rule: id === null ? null : `${wholeNumberOf(alert['gid']) ?? 1}:${id}`,
  });
}

function pathOf(record: Loose, source: Draft['source'], destination: Draft['destination']): string {
  if (source.ip === null && destination.ip === null) return '';
  const [from, to] = [source, destination].map(({ ip, port }) => `${ip ?? '-'}${port === null ? '' : `:${port}`}`);
  return `${from} > ${to} ${textOf(record['proto'], 16) ?? ''}`.trim();
}

function detailOf(kind: string, record: Loose): string {
  const body = objectOf(record[kind]);
  if (kind === 'dns') {
    const [first] = Array.isArray(body['queries']) ? body['queries'] : [];
    const question = isObject(first) ? first : body;
    return [body['type'], question['rrname'], question['rrtype'], body['rcode']]
      .map((part) => textOf(part) ?? '')
      .join(' ')
      .trim();
  }
  if (kind === 'http') {
    return [body['http_method'], body['hostname'], body['url'], body['status']]
      .map((part) => textOf(part, 500) ?? '')
      .join(' ')
      .trim();
  }
  if (kind === 'tls')
    return [body['version'], body['sni'], body['subject']]
      .map((part) => textOf(part) ?? '')
      .join(' ')
      .trim();
  if (kind === 'fileinfo') return firstText(body['filename'], body['magic']) ?? '';
  return isObject(record[kind]) ? summaryOf(body).slice(0, 500).toWellFormed() : '';
}
