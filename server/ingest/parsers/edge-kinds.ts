import { Severity } from '../../../schema/severity.enum.ts';
import { endpointOf, macOf } from '../address.ts';
import { type Draft, type Endpoint, Rejection } from '../draft.ts';
import { firstText, type Loose, storable, textOf } from '../fields.ts';
import type { Observation } from '../observation.ts';
import { severityOf } from './syslog-record.ts';

/** What one kind of edge report adds to what all have in common. */
export type Report = Pick<Draft, 'severity' | 'message'> & Partial<Draft>;

const severities: ReadonlyMap<unknown, Severity> = new Map([
  ['info', Severity.INFORMATIONAL],
  ['low', Severity.LOW],
  ['medium', Severity.MEDIUM],
  ['high', Severity.HIGH],
  ['critical', Severity.CRITICAL],
]);

const byteCounters = ['rx_bytes', 'tx_bytes'];
/** Counters are 64 bits wide; the largest is this as a JavaScript number. */
const mostBytes = 2 ** 64;
const mostMetrics = 256;
/** A host that shows more open ports than this is a trap for scanners; the rest stays in the raw text. */
const mostServices = 1000;

/** Measurements of the appliance or of one of its interfaces: at least one number. */
export function readTelemetry(data: Loose): Report {
  for (const name of byteCounters) {
    const value = data[name];
    if (isGiven(value) && !isByteCount(value)) throw new Rejection(`data.${name} must be a whole number from 0 up`);
  }
  const metrics = Object.entries(data).flatMap(([key, value]) => {
    const name = textOf(key, 100);
    return name !== null && typeof value === 'number' && Number.isFinite(value) ? [[name, value] as const] : [];
  });
  if (metrics.length === 0) throw new Rejection('data must hold at least one number');
  const kept = metrics.slice(0, mostMetrics);
  const of = textOf(data['interface']);
  return {
    severity: Severity.INFORMATIONAL,
    message: [...(of === null ? [] : [`interface=${of}`]), ...kept.map(([name, value]) => `${name}=${value}`)].join(
      ' ',
    ),
    observations: [{ kind: 'telemetry', interface: of, metrics: Object.fromEntries(kept) }],
  };
}

/** A line of the system's or a program's log: a level and a message. */
export function readLog(data: Loose): Report {
  const level = requiredText(data, 'level');
  const { message } = data;
  if (typeof message !== 'string' || message.trim() === '') throw missing('message');
  return {
    severity: level.toLowerCase() === 'fatal' ? Severity.CRITICAL : severityOf(level),
    message: storable(message),
    app: textOf(data['source']),
    host: firstText(data['hostname'], data['host']),
  };
}

/** A detection: a title and one of five severities, with the addresses where they are known. */
export function readSecurityAlert(data: Loose): Report {
  const title = requiredText(data, 'title', 1000);
  const severity = severities.get(textOf(data['severity'])?.toLowerCase());
  if (severity === undefined) throw new Rejection('data.severity must be one of critical, high, medium, low, info');
  const { description } = data;
  return {
    severity,
    title,
    message: typeof description === 'string' && description.trim() !== '' ? storable(description) : title,
    isAlert: true,
    rule: title,
    source: endOf(data, 'source'),
    destination: endOf(data, 'destination'),
  };
}

/** A host found on the segment, by its address or its hardware address, with the TCP ports it answers on. */
export function readDiscovery(data: Loose): Report {
  const { ip } = addressOf(data, 'ip');
  const mac = macOf(data['mac']);
  if (isGiven(data['mac']) && mac === null) throw new Rejection('data.mac must be a hardware address');
  if (ip === null && mac === null) throw new Rejection('data must hold ip or mac');
  const hostname = textOf(data['hostname']);
  const vendor = textOf(data['vendor']);
  const ports = portsOf(data['open_ports']).slice(0, mostServices);
  const services = ip === null ? [] : ports.map((port): Observation => ({ kind: 'service', ip, port, proto: 'tcp' }));
  const known = [hostname, mac, vendor].filter((part) => part !== null && part !== (ip ?? mac)).join(', ');
  const answers = ports.length === 0 ? '' : ` answers on ${ports.join(', ')}`;
  return {
    severity: Severity.INFORMATIONAL,
    message: `${ip ?? mac}${known === '' ? '' : ` (${known})`}${answers}`,
    host: hostname ?? ip ?? mac,
    observations: [{ kind: 'device', mac, ip, hostname, vendor }, ...services],
  };
}

/** What became of a run of a backup job. */
export function readBackupEvent(data: Loose): Report {
  const jobId = textOf(data['job_id']);
  if (jobId === null) throw missing('job_id');
  const status = requiredText(data, 'status');
  const assetId = textOf(data['asset_id']);
  const size = data['size_bytes'];
  return {
    severity: /fail|error/i.test(status) ? Severity.MEDIUM : Severity.INFORMATIONAL,
    message: `Backup job ${jobId}${assetId === null ? '' : ` of ${assetId}`}: ${status}`,
    host: assetId,
    observations: [
      {
        kind: 'backup',
        jobId,
        status,
        assetId,
        sizeBytes: isByteCount(size) && Number.isSafeInteger(size) ? size : null,
        checksumSha256: textOf(data['checksum_sha256']),
      },
    ],
  };
}

/** Senders write "nothing known" as null or as an empty text. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isByteCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostBytes;
}

function requiredText(data: Loose, name: string, longest?: number): string {
  const value = data[name];
  const text = typeof value === 'string' ? textOf(value, longest) : null;
  if (text === null) throw missing(name);
  return text;
}

function missing(name: string): Rejection {
  return new Rejection(`data.${name} is required: a non-empty string`);
}

function endOf(data: Loose, end: 'source' | 'destination'): Endpoint {
  return addressOf(data, `${end}_ip`, data[`${end}_port`], data[`${end}_mac`]);
}

function addressOf(data: Loose, name: string, port?: unknown, mac?: unknown): Endpoint {
  const address = data[name];
  const endpoint = endpointOf(address, port, mac);
  if (isGiven(address) && endpoint.ip === null) throw new Rejection(`data.${name} must be an IP address`);
  return endpoint;
}

function portsOf(value: unknown): number[] {
  if (!isGiven(value)) return [];
  const isPort = (port: unknown): port is number =>
    typeof port === 'number' && Number.isInteger(port) && port >= 1 && port <= 65_535;
  if (!Array.isArray(value) || !value.every(isPort)) {
    throw new Rejection('data.open_ports must be an array of port numbers from 1 to 65535');
  }
  return [...new Set(value)];
}
